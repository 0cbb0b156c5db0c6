CREATE TABLE "help_call" (
	"branch_id" text NOT NULL,
	"place" text NOT NULL,
	"called_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "help_call_branch_id_place_pk" PRIMARY KEY("branch_id","place")
);
--> statement-breakpoint
ALTER TABLE "help_call" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "help_call" ADD CONSTRAINT "help_call_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "help_call" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "help_call"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "help_call"."branch_id"));