CREATE TABLE "setup_revision" (
	"branch_id" text NOT NULL,
	"revision" integer NOT NULL,
	"blueprint" jsonb NOT NULL,
	"replaced_by" text,
	"replaced_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "setup_revision_branch_id_revision_pk" PRIMARY KEY("branch_id","revision")
);
--> statement-breakpoint
ALTER TABLE "setup_revision" ADD CONSTRAINT "setup_revision_branch_id_branch_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;