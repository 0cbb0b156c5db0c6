CREATE TABLE "visit_answer" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"branch_id" text NOT NULL,
	"business_day" date NOT NULL,
	"service_id" text NOT NULL,
	"ticket_id" uuid,
	"unlink_after" timestamp with time zone NOT NULL,
	"stars" smallint,
	"u1" smallint,
	"u2" smallint,
	"u3" smallint,
	"u4" smallint,
	"u5" smallint,
	"u6" smallint,
	"u7" smallint,
	"u8" smallint,
	"u9" smallint,
	CONSTRAINT "visit_answer_says_something" CHECK (num_nonnulls("visit_answer"."stars", "visit_answer"."u1") > 0),
	CONSTRAINT "visit_answer_stars_are_few" CHECK ("visit_answer"."stars" between 1 and 5),
	CONSTRAINT "visit_answer_marks_are_whole" CHECK (num_nonnulls("visit_answer"."u1", "visit_answer"."u2", "visit_answer"."u3", "visit_answer"."u4", "visit_answer"."u5", "visit_answer"."u6", "visit_answer"."u7", "visit_answer"."u8", "visit_answer"."u9") in (0, 9)),
	CONSTRAINT "visit_answer_marks_are_few" CHECK (least("visit_answer"."u1", "visit_answer"."u2", "visit_answer"."u3", "visit_answer"."u4", "visit_answer"."u5", "visit_answer"."u6", "visit_answer"."u7", "visit_answer"."u8", "visit_answer"."u9") >= 1 and greatest("visit_answer"."u1", "visit_answer"."u2", "visit_answer"."u3", "visit_answer"."u4", "visit_answer"."u5", "visit_answer"."u6", "visit_answer"."u7", "visit_answer"."u8", "visit_answer"."u9") <= 4)
);
--> statement-breakpoint
ALTER TABLE "visit_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "visit_answer_once" ON "visit_answer" USING btree ("branch_id","ticket_id");--> statement-breakpoint
CREATE INDEX "visit_answer_by_day" ON "visit_answer" USING btree ("branch_id","business_day");--> statement-breakpoint
CREATE INDEX "visit_answer_to_unlink" ON "visit_answer" USING btree ("unlink_after") WHERE ticket_id is not null;--> statement-breakpoint
CREATE POLICY "of_hall_in_scope" ON "visit_answer" AS PERMISSIVE FOR ALL TO public USING (current_setting('antrean.scope', true) in ('*', "visit_answer"."branch_id")) WITH CHECK (current_setting('antrean.scope', true) in ('*', "visit_answer"."branch_id"));