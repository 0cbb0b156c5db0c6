CREATE TABLE "agency" (
	"branch_id" text NOT NULL,
	"id" text NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp with time zone,
	"name" jsonb NOT NULL,
	CONSTRAINT "agency_branch_id_id_pk" PRIMARY KEY("branch_id","id"),
	CONSTRAINT "agency_id_is_plain" CHECK ("agency"."id" ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$')
);
--> statement-breakpoint
CREATE TABLE "branch" (
	"id" text PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"name" jsonb NOT NULL,
	"notes" jsonb,
	"zone" text NOT NULL,
	"day_starts_at" text NOT NULL,
	"languages" jsonb NOT NULL,
	"currency" text NOT NULL,
	"week_hours" jsonb NOT NULL,
	"hours_exceptions" jsonb,
	"confirms_arrival" boolean NOT NULL,
	"call_next_finishes" boolean NOT NULL,
	"call_by_minutes" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "branch_id_is_slug" CHECK ("branch"."id" ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
	CONSTRAINT "branch_revision_counts_from_one" CHECK ("branch"."revision" >= 1),
	CONSTRAINT "branch_day_starts_at_is_time" CHECK ("branch"."day_starts_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	CONSTRAINT "branch_has_language" CHECK (jsonb_array_length("branch"."languages") >= 1),
	CONSTRAINT "branch_currency_is_code" CHECK ("branch"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "branch_call_by_is_sane" CHECK ("branch"."call_by_minutes" between 1 and 1440)
);
--> statement-breakpoint
CREATE TABLE "counter" (
	"branch_id" text NOT NULL,
	"id" text NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp with time zone,
	"number" integer NOT NULL,
	"area" jsonb,
	CONSTRAINT "counter_branch_id_id_pk" PRIMARY KEY("branch_id","id"),
	CONSTRAINT "counter_id_is_plain" CHECK ("counter"."id" ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$'),
	CONSTRAINT "counter_number_is_sane" CHECK ("counter"."number" between 1 and 999)
);
--> statement-breakpoint
CREATE TABLE "counter_agency" (
	"branch_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"agency_id" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "counter_agency_branch_id_counter_id_agency_id_pk" PRIMARY KEY("branch_id","counter_id","agency_id")
);
--> statement-breakpoint
CREATE TABLE "counter_service" (
	"branch_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"service_id" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "counter_service_branch_id_counter_id_service_id_pk" PRIMARY KEY("branch_id","counter_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "priority_class" (
	"branch_id" text NOT NULL,
	"id" text NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp with time zone,
	"name" jsonb NOT NULL,
	"head_start_minutes" integer NOT NULL,
	CONSTRAINT "priority_class_branch_id_id_pk" PRIMARY KEY("branch_id","id"),
	CONSTRAINT "priority_class_id_is_plain" CHECK ("priority_class"."id" ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$'),
	CONSTRAINT "priority_class_head_start_is_sane" CHECK ("priority_class"."head_start_minutes" between 0 and 1440)
);
--> statement-breakpoint
CREATE TABLE "service" (
	"branch_id" text NOT NULL,
	"id" text NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp with time zone,
	"agency_id" text NOT NULL,
	"name" jsonb NOT NULL,
	"prefix" text NOT NULL,
	"standard_minutes" integer,
	"fee" numeric(14, 2),
	"requirements" jsonb,
	"mobile" text,
	"source" text NOT NULL,
	CONSTRAINT "service_branch_id_id_pk" PRIMARY KEY("branch_id","id"),
	CONSTRAINT "service_id_is_plain" CHECK ("service"."id" ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$'),
	CONSTRAINT "service_prefix_letters" CHECK ("service"."prefix" ~ '^[A-HJ-NPR-Z]{1,2}$'),
	CONSTRAINT "service_standard_is_sane" CHECK ("service"."standard_minutes" between 1 and 1440),
	CONSTRAINT "service_fee_is_not_negative" CHECK ("service"."fee" >= 0),
	CONSTRAINT "service_mobile_is_known_word" CHECK ("service"."mobile" in ('yes', 'no', 'unknown')),
	CONSTRAINT "service_has_source" CHECK ("service"."source" <> '')
);
--> statement-breakpoint
ALTER TABLE "agency" ADD CONSTRAINT "agency_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counter" ADD CONSTRAINT "counter_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counter_agency" ADD CONSTRAINT "counter_agency_has_counter" FOREIGN KEY ("branch_id","counter_id") REFERENCES "public"."counter"("branch_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counter_agency" ADD CONSTRAINT "counter_agency_has_agency" FOREIGN KEY ("branch_id","agency_id") REFERENCES "public"."agency"("branch_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counter_service" ADD CONSTRAINT "counter_service_has_counter" FOREIGN KEY ("branch_id","counter_id") REFERENCES "public"."counter"("branch_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counter_service" ADD CONSTRAINT "counter_service_has_service" FOREIGN KEY ("branch_id","service_id") REFERENCES "public"."service"("branch_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_class" ADD CONSTRAINT "priority_class_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_has_agency" FOREIGN KEY ("branch_id","agency_id") REFERENCES "public"."agency"("branch_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "service_by_agency" ON "service" USING btree ("branch_id","agency_id");