ALTER TABLE "device" ADD COLUMN "sound_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "sound_answered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "sound_answer" text;