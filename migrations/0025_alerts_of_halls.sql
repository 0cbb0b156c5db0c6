CREATE TABLE "alert" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"branch_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"business_day" date NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"worst" integer NOT NULL,
	"bound" integer NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"snoozed_until" timestamp (3) with time zone,
	"snoozed_by" text,
	CONSTRAINT "alert_kind_is_known" CHECK ("alert"."kind" in ('longest-wait', 'waiting', 'share-within-target', 'serving-long', 'device-silent'))
);
--> statement-breakpoint
ALTER TABLE "alert" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "alert_look" (
	"branch_id" text PRIMARY KEY NOT NULL,
	"epoch" uuid NOT NULL,
	"version" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_look" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "alert_message" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"branch_id" text NOT NULL,
	"alert_id" uuid NOT NULL,
	"subscriber_id" uuid NOT NULL,
	"tells" text NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"is_sent" boolean DEFAULT false NOT NULL,
	"problem" text,
	CONSTRAINT "alert_message_tells" CHECK ("alert_message"."tells" in ('raised', 'resolved'))
);
--> statement-breakpoint
ALTER TABLE "alert_message" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "alert_subscriber" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"branch_id" text NOT NULL,
	"address" text NOT NULL,
	"language" text NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_subscriber" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_look" ADD CONSTRAINT "alert_look_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_message" ADD CONSTRAINT "alert_message_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_message" ADD CONSTRAINT "alert_message_alert_id_alert_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_message" ADD CONSTRAINT "alert_message_subscriber_id_alert_subscriber_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."alert_subscriber"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_subscriber" ADD CONSTRAINT "alert_subscriber_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_stands_once" ON "alert" USING btree ("branch_id","kind","subject") WHERE "alert"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "alert_by_day" ON "alert" USING btree ("branch_id","business_day");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_message_once" ON "alert_message" USING btree ("alert_id","subscriber_id","tells");--> statement-breakpoint
CREATE INDEX "alert_message_due" ON "alert_message" USING btree ("next_at") WHERE "alert_message"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "alert_message_of_branch" ON "alert_message" USING btree ("branch_id","made_at");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_subscriber_once" ON "alert_subscriber" USING btree ("branch_id",lower("address"));--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "alert" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "alert"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "alert"."branch_id"));--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "alert_look" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "alert_look"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "alert_look"."branch_id"));--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "alert_message" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "alert_message"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "alert_message"."branch_id"));--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "alert_subscriber" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "alert_subscriber"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "alert_subscriber"."branch_id"));