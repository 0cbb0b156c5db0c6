DROP INDEX "alert_subscriber_once";--> statement-breakpoint
ALTER TABLE "alert_subscriber" ALTER COLUMN "language" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_subscriber" ADD COLUMN "channel" text DEFAULT 'email' NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_subscriber" ADD COLUMN "secret" text;--> statement-breakpoint
ALTER TABLE "alert_subscriber" ADD COLUMN "stopped_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "alert_message_of_subscriber" ON "alert_message" USING btree ("subscriber_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_subscriber_once" ON "alert_subscriber" USING btree ("branch_id",(case when "channel" = 'email' then lower("address") else "address" end));--> statement-breakpoint
ALTER TABLE "alert_subscriber" ADD CONSTRAINT "alert_subscriber_has_what_its_channel_needs" CHECK (("alert_subscriber"."channel" = 'email' and "alert_subscriber"."language" is not null and "alert_subscriber"."secret" is null)
        or ("alert_subscriber"."channel" = 'webhook' and "alert_subscriber"."language" is null and "alert_subscriber"."secret" is not null));