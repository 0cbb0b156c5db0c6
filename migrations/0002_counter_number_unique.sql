-- Among the counters in use each number stands once. A unique index is checked row by row, so that two counters could
-- not swap their numbers in one import; this is checked when the statement ends.
ALTER TABLE "counter" ADD CONSTRAINT "counter_number_unique"
  EXCLUDE USING btree ("branch_id" WITH =, "number" WITH =) WHERE ("retired_at" IS NULL)
  DEFERRABLE INITIALLY IMMEDIATE;
