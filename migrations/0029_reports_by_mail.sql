CREATE TABLE "report_subscriber" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"branch_id" text NOT NULL,
	"agency_id" text,
	"address" text NOT NULL,
	"language" text NOT NULL,
	"every" text NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_from" date NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"sent_from" date,
	"sent_at" timestamp (3) with time zone,
	"lost_from" date,
	"lost_problem" text,
	CONSTRAINT "report_subscriber_every" CHECK ("report_subscriber"."every" in ('day', 'week', 'month'))
);
--> statement-breakpoint
ALTER TABLE "report_subscriber" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "report_subscriber" ADD CONSTRAINT "report_subscriber_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "report_subscriber_once" ON "report_subscriber" USING btree ("branch_id",lower("address"),"every",coalesce("agency_id", ''));--> statement-breakpoint
CREATE INDEX "report_subscriber_due" ON "report_subscriber" USING btree ("next_at");--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "report_subscriber" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "report_subscriber"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "report_subscriber"."branch_id"));