CREATE TABLE "hall_file" (
	"branch_id" text NOT NULL,
	"id" text NOT NULL,
	"upload_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hall_file_branch_id_id_pk" PRIMARY KEY("branch_id","id"),
	CONSTRAINT "hall_file_id_is_hash" CHECK ("hall_file"."id" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "hall_file_kind_is_known" CHECK ("hall_file"."kind" in ('picture', 'video', 'sound')),
	CONSTRAINT "hall_file_has_bytes" CHECK ("hall_file"."bytes" > 0)
);
--> statement-breakpoint
ALTER TABLE "hall_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "hall_file_piece" (
	"branch_id" text NOT NULL,
	"upload_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hall_file_piece_branch_id_upload_id_position_pk" PRIMARY KEY("branch_id","upload_id","position"),
	CONSTRAINT "hall_file_piece_is_small" CHECK (octet_length("hall_file_piece"."content") between 1 and 524288)
);
--> statement-breakpoint
ALTER TABLE "hall_file_piece" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "hall_file" ADD CONSTRAINT "hall_file_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hall_file_piece" ADD CONSTRAINT "hall_file_piece_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hall_file_by_upload" ON "hall_file" USING btree ("branch_id","upload_id");--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "hall_file" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "hall_file"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "hall_file"."branch_id"));--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "hall_file_piece" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "hall_file_piece"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "hall_file_piece"."branch_id"));