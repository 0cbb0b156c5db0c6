ALTER TABLE "help_call" ADD COLUMN "called_by" text;--> statement-breakpoint
ALTER TABLE "help_call" ADD COLUMN "answered_by" text;