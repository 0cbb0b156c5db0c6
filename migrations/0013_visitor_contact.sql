CREATE TABLE "visitor_contact" (
	"branch_id" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"phone_code" text NOT NULL,
	"language" text NOT NULL,
	"consent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"erase_after" timestamp with time zone NOT NULL,
	CONSTRAINT "visitor_contact_branch_id_ticket_id_pk" PRIMARY KEY("branch_id","ticket_id")
);
--> statement-breakpoint
CREATE INDEX "visitor_contact_due" ON "visitor_contact" USING btree ("erase_after");--> statement-breakpoint
CREATE INDEX "visitor_contact_by_phone" ON "visitor_contact" USING btree ("branch_id","phone_code");