import type { AlertView } from '@antrean/shared/protocol/alerts.ts';
import type postgres from 'postgres';
import { lines, type Sql } from '../ledger/connect-postgres.ts';

const columns = (sql: Sql): postgres.Fragment => sql`
  alert.id, alert.kind, alert.subject, device.name, device.area,
  (extract(epoch from raised_at) * 1000)::bigint::float8 as "raisedAt", worst, bound as "limit",
  (extract(epoch from resolved_at) * 1000)::bigint::float8 as "resolvedAt",
  (extract(epoch from snoozed_until) * 1000)::bigint::float8 as "snoozedUntil", snoozed_by as "snoozedBy"`;

const fromAlerts = (sql: Sql): postgres.Fragment => sql`
  from alert left join device
    on alert.kind = 'device-silent' and device.id = alert.subject and device.branch_id = alert.branch_id`;

/** The alerts that stand in these halls, the earliest first. */
export const selectStandingAlerts = (sql: Sql, branchIds: readonly string[]) => sql<
  (AlertView & { readonly branchId: string })[]
>`
  select alert.branch_id as "branchId", ${columns(sql)} ${fromAlerts(sql)}
  where alert.branch_id = any (string_to_array(${lines(branchIds)}, chr(10))) and resolved_at is null
  order by raised_at, alert.kind, alert.subject`;

/** The alerts of a business day, those that stand first. @param date `YYYY-MM-DD` */
export const selectAlertsOfDay = (sql: Sql, branchId: string, date: string) => sql<AlertView[]>`
  select ${columns(sql)} ${fromAlerts(sql)}
  where alert.branch_id = ${branchId} and business_day = ${date}::date
  order by resolved_at is not null, raised_at desc, alert.kind, alert.subject`;

/** One alert of a hall. */
export const selectAlert = (sql: Sql, branchId: string, id: string) => sql<AlertView[]>`
  select ${columns(sql)} ${fromAlerts(sql)} where alert.branch_id = ${branchId} and alert.id = ${id}::uuid`;
