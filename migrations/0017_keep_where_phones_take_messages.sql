CREATE TABLE "visitor_push" (
	"branch_id" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	"subscription" text NOT NULL,
	"language" text NOT NULL,
	"erase_after" timestamp with time zone NOT NULL,
	CONSTRAINT "visitor_push_branch_id_ticket_id_pk" PRIMARY KEY("branch_id","ticket_id")
);
--> statement-breakpoint
ALTER TABLE "visitor_push" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "visitor_push_due" ON "visitor_push" USING btree ("erase_after");--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "visitor_push" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "visitor_push"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "visitor_push"."branch_id"));