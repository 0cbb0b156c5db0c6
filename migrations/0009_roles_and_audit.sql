CREATE TABLE "audit_entry" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"role" text NOT NULL,
	"by" text,
	"address" text NOT NULL,
	"branch_id" text,
	"agency_id" text,
	"subject" text NOT NULL,
	"before" json,
	"after" json,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entry_action_is_named" CHECK ("audit_entry"."action" ~ '^[a-z-]+[.][a-z-]+$')
);
--> statement-breakpoint
ALTER TABLE "staff" DROP CONSTRAINT "staff_role_is_known";--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "agency_id" text;--> statement-breakpoint
CREATE INDEX "audit_entry_by_branch" ON "audit_entry" USING btree ("branch_id","seq");--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_branch_id_agency_id_agency_branch_id_id_fk" FOREIGN KEY ("branch_id","agency_id") REFERENCES "public"."agency"("branch_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_agency_fits_role" CHECK (("staff"."agency_id" is null and "staff"."role" <> 'agency-administrator')
      or ("staff"."agency_id" is not null and "staff"."branch_id" is not null and "staff"."role" not in ('manager', 'administrator')));--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_role_is_known" CHECK ("staff"."role" in ('agent', 'floor-walker', 'agency-administrator', 'manager', 'administrator', 'auditor'));--> statement-breakpoint
-- By hand from here on: the chain of the audit trail. What an entry says, as one text, the same on every server.
CREATE FUNCTION audit_entry_text(entry audit_entry) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT json_build_array(
    entry.seq, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), entry.action, entry.role, entry.by,
    entry.address, entry.branch_id, entry.agency_id, entry.subject, entry.before, entry.after
  )::text
$$;
--> statement-breakpoint
CREATE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  -- One after another, and each sees the one before: a statement of a volatile function has a snapshot of its own.
  PERFORM pg_advisory_xact_lock(hashtext('audit_entry'));
  SELECT seq, hash INTO last FROM audit_entry ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  NEW.hash := encode(sha256(convert_to(coalesce(last.hash, '') || audit_entry_text(NEW), 'UTF8')), 'hex');
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_entry_is_chained BEFORE INSERT ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION chain_audit_entry();
--> statement-breakpoint
CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is only added to';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
