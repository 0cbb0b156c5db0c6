CREATE TABLE "device" (
	"id" text PRIMARY KEY NOT NULL,
	"branch_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"area" text,
	"token_hash" text NOT NULL,
	"token_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_token_hash" text,
	"next_token_at" timestamp with time zone,
	"approved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"address" text NOT NULL,
	"browser" text NOT NULL,
	"health" json,
	CONSTRAINT "device_kind_is_known" CHECK ("device"."kind" in ('kiosk', 'display', 'printer'))
);
--> statement-breakpoint
CREATE TABLE "device_pairing" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"kind" text NOT NULL,
	"picture" text NOT NULL,
	"address" text NOT NULL,
	"browser" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "device_pairing_kind_is_known" CHECK ("device_pairing"."kind" in ('kiosk', 'display', 'printer'))
);
--> statement-breakpoint
ALTER TABLE "device" ADD CONSTRAINT "device_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "device_token_once" ON "device" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "device_next_token_once" ON "device" USING btree ("next_token_hash");--> statement-breakpoint
CREATE INDEX "device_by_branch" ON "device" USING btree ("branch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "device_pairing_code_once" ON "device_pairing" USING btree ("code_hash");