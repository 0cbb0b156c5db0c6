CREATE TABLE "visit_day" (
	"business_day" date NOT NULL,
	"branch_id" text NOT NULL,
	"figures" "bytea" NOT NULL,
	"services" text NOT NULL,
	"service" "bytea" NOT NULL,
	"agencies" text NOT NULL,
	"agency" "bytea" NOT NULL,
	"priorities" text NOT NULL,
	"priority" "bytea" NOT NULL,
	"channels" text NOT NULL,
	"channel" "bytea" NOT NULL,
	CONSTRAINT "visit_day_business_day_branch_id_pk" PRIMARY KEY("business_day","branch_id")
);
--> statement-breakpoint
ALTER TABLE "visit_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_leg_head" ADD COLUMN "packed_version" bigint;--> statement-breakpoint
ALTER TABLE "visit_leg_head" ADD COLUMN "packed_day" date;--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "visit_day" AS PERMISSIVE FOR ALL TO public USING (((select current_setting('antrean.scope', true)) in ('*', "visit_day"."branch_id"))::int > 0) WITH CHECK (((select current_setting('antrean.scope', true)) in ('*', "visit_day"."branch_id"))::int > 0);