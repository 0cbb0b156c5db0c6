ALTER TABLE "device" ADD COLUMN "screen_id" text;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "printer_id" text;--> statement-breakpoint
ALTER TABLE "branch" ADD COLUMN "printers" jsonb;