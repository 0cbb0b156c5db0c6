CREATE TABLE "counter_ticket" (
	"branch_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	CONSTRAINT "counter_ticket_branch_id_counter_id_pk" PRIMARY KEY("branch_id","counter_id")
);
--> statement-breakpoint
INSERT INTO "counter_ticket" ("branch_id", "counter_id", "ticket_id")
	SELECT "branch_id", "counter_id", "id" FROM "ticket" WHERE "status" IN ('called', 'serving') AND "counter_id" IS NOT NULL;--> statement-breakpoint
DROP INDEX "ticket_number_once";--> statement-breakpoint
DROP INDEX "ticket_one_at_counter";--> statement-breakpoint
ALTER TABLE "ticket" DROP CONSTRAINT "ticket_branch_id_id_pk";--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_branch_id_business_day_number_pk" PRIMARY KEY("branch_id","business_day","number");--> statement-breakpoint
CREATE UNIQUE INDEX "counter_ticket_once" ON "counter_ticket" USING btree ("branch_id","ticket_id");--> statement-breakpoint
ALTER TABLE "ticket" DROP COLUMN "serial";--> statement-breakpoint
ALTER TABLE "ticket" DROP COLUMN "status";--> statement-breakpoint
ALTER TABLE "ticket" DROP COLUMN "counter_id";