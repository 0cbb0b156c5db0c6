CREATE TABLE "branch_head" (
	"branch_id" text PRIMARY KEY NOT NULL,
	"epoch" uuid DEFAULT gen_random_uuid() NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"hash" text DEFAULT '' NOT NULL,
	"day_version" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counter_seat" (
	"branch_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"agent_id" text,
	CONSTRAINT "counter_seat_branch_id_counter_id_pk" PRIMARY KEY("branch_id","counter_id")
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"branch_id" text NOT NULL,
	"id" uuid NOT NULL,
	"business_day" date NOT NULL,
	"number" text NOT NULL,
	"serial" integer NOT NULL,
	"service_id" text NOT NULL,
	"status" text NOT NULL,
	"counter_id" text,
	CONSTRAINT "ticket_branch_id_id_pk" PRIMARY KEY("branch_id","id")
);
--> statement-breakpoint
CREATE TABLE "ticket_event" (
	"branch_id" text NOT NULL,
	"version" bigint NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"command_id" uuid NOT NULL,
	"command_part" integer NOT NULL,
	"actor" json NOT NULL,
	"data" json NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "ticket_event_branch_id_version_pk" PRIMARY KEY("branch_id","version")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "counter_seat_agent_once" ON "counter_seat" USING btree ("branch_id","agent_id") WHERE agent_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_number_once" ON "ticket" USING btree ("branch_id","business_day","number");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_one_at_counter" ON "ticket" USING btree ("branch_id","counter_id") WHERE status in ('called', 'serving');--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_event_command_once" ON "ticket_event" USING btree ("branch_id","command_id","command_part");