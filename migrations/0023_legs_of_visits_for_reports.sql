CREATE TABLE "visit_leg" (
	"branch_id" text NOT NULL,
	"business_day" date NOT NULL,
	"ticket_id" uuid NOT NULL,
	"leg" smallint NOT NULL,
	"service_id" text NOT NULL,
	"agency_id" text NOT NULL,
	"standard_minutes" integer,
	"priority_id" text,
	"channel" text NOT NULL,
	"is_booked" boolean NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"hour" smallint NOT NULL,
	"called_at" timestamp (3) with time zone,
	"rule" text,
	"counter_id" text,
	"agent_id" text,
	"wait_ms" integer,
	"walk_ms" integer,
	"served_ms" integer,
	"recalls" smallint NOT NULL,
	"misses" smallint NOT NULL,
	"rejoins" smallint NOT NULL,
	"ending" text,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"quantity" integer NOT NULL,
	CONSTRAINT "visit_leg_branch_id_business_day_ticket_id_leg_pk" PRIMARY KEY("branch_id","business_day","ticket_id","leg")
);
--> statement-breakpoint
ALTER TABLE "visit_leg" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_leg_head" (
	"branch_id" text PRIMARY KEY NOT NULL,
	"epoch" uuid NOT NULL,
	"version" bigint NOT NULL,
	"day_version" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "visit_leg_head" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "visit_leg_day" ON "visit_leg" USING brin ("business_day");--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "visit_leg" AS PERMISSIVE FOR ALL TO public USING (((select current_setting('antrean.scope', true)) in ('*', "visit_leg"."branch_id"))::int > 0) WITH CHECK (((select current_setting('antrean.scope', true)) in ('*', "visit_leg"."branch_id"))::int > 0);--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "visit_leg_head" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "visit_leg_head"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "visit_leg_head"."branch_id"));