ALTER TABLE "branch" DROP CONSTRAINT "branch_call_by_is_sane";--> statement-breakpoint
ALTER TABLE "branch" ADD COLUMN "rules" jsonb;--> statement-breakpoint
UPDATE "branch" SET "rules" = jsonb_strip_nulls(jsonb_build_object('confirmsArrival', "confirms_arrival",
	'callNextFinishes', "call_next_finishes", 'callByMinutes', "call_by_minutes"));--> statement-breakpoint
ALTER TABLE "branch" ALTER COLUMN "rules" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "branch" DROP COLUMN "confirms_arrival";--> statement-breakpoint
ALTER TABLE "branch" DROP COLUMN "call_next_finishes";--> statement-breakpoint
ALTER TABLE "branch" DROP COLUMN "call_by_minutes";
