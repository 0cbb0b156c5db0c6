import postgres from 'postgres';

/** What the server may do with a table: read and add; or change, too; or delete, too. */
type Rights = 'adds' | 'changes' | 'deletes';

/**
 * What the server's own role may do (S19): no table of the past can be changed by it, whatever its code does. Every table
 * has its row. Reports may read those marked so.
 */
export const tableRights: Readonly<Record<string, { readonly server: Rights; readonly isForReports: boolean }>> = {
  ticket_event: { server: 'adds', isForReports: true },
  ticket: { server: 'adds', isForReports: true },
  audit_entry: { server: 'adds', isForReports: false },
  branch_head: { server: 'changes', isForReports: true },
  counter_ticket: { server: 'deletes', isForReports: true },
  counter_seat: { server: 'changes', isForReports: true },
  setup_revision: { server: 'adds', isForReports: false },
  branch: { server: 'changes', isForReports: true },
  agency: { server: 'changes', isForReports: true },
  service: { server: 'changes', isForReports: true },
  priority_class: { server: 'changes', isForReports: true },
  counter: { server: 'changes', isForReports: true },
  counter_agency: { server: 'deletes', isForReports: true },
  counter_service: { server: 'deletes', isForReports: true },
  hall_file: { server: 'deletes', isForReports: false },
  hall_file_piece: { server: 'deletes', isForReports: false },
  device: { server: 'changes', isForReports: false },
  help_call: { server: 'changes', isForReports: false },
  alert: { server: 'changes', isForReports: false },
  alert_subscriber: { server: 'deletes', isForReports: false },
  alert_message: { server: 'deletes', isForReports: false },
  report_subscriber: { server: 'deletes', isForReports: false },
  alert_look: { server: 'changes', isForReports: false },
  visitor_contact: { server: 'deletes', isForReports: false },
  visit_leg: { server: 'deletes', isForReports: true },
  visit_leg_head: { server: 'deletes', isForReports: true },
  visit_day: { server: 'deletes', isForReports: true },
  // Today's name their tickets: reports have the figures of the API.
  visit_answer: { server: 'changes', isForReports: false },
  visitor_push: { server: 'deletes', isForReports: false },
  device_pairing: { server: 'deletes', isForReports: false },
  staff: { server: 'changes', isForReports: false },
  staff_session: { server: 'deletes', isForReports: false },
  staff_second_factor: { server: 'deletes', isForReports: false },
  staff_recovery_code: { server: 'deletes', isForReports: false },
  staff_identity: { server: 'changes', isForReports: false },
  installation_key: { server: 'deletes', isForReports: false },
};

/** Who a role is for. */
export type RoleUse = 'server' | 'reports';

/**
 * Gives a role just what it needs, and takes away whatever else it had, at once. Throws what Postgres throws: whoever
 * `ownerUrl` names must own the tables.
 */
export const grantRights = async (ownerUrl: string, role: string, use: RoleUse): Promise<void> => {
  const owner = postgres(ownerUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await owner.begin(async (sql) => {
      await sql`revoke all on all tables in schema public from ${sql(role)}`;
      await sql`grant usage on schema public, drizzle to ${sql(role)}`;
      await sql`grant select on drizzle.__drizzle_migrations to ${sql(role)}`;
      for (const [table, { server, isForReports }] of Object.entries(tableRights)) {
        if (use === 'server' || isForReports) await sql`grant select on ${sql(table)} to ${sql(role)}`;
        if (use === 'reports') continue;
        await sql`grant insert on ${sql(table)} to ${sql(role)}`;
        if (server !== 'adds') await sql`grant update on ${sql(table)} to ${sql(role)}`;
        if (server === 'deletes') await sql`grant delete on ${sql(table)} to ${sql(role)}`;
      }
    });
  } finally {
    await owner.end({ timeout: 5 });
  }
};
