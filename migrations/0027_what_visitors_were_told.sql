ALTER TABLE "visit_leg" ADD COLUMN "told_from" integer;--> statement-breakpoint
ALTER TABLE "visit_leg" ADD COLUMN "told_to" integer;--> statement-breakpoint
ALTER TABLE "visit_leg_head" ADD COLUMN "day_waits" json;