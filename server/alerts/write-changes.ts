import type { AlertChanges } from '@antrean/shared/domain/alerts.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { AlertChannel } from '@antrean/shared/protocol/alert-subscribers.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { isOfOne } from './outbox.ts';

/** From what the changes were reckoned. */
export interface LookedAt {
  readonly branchId: BranchId;
  readonly epoch: string;
  /** Of the hall. */
  readonly version: number;
  /** When the other facts were read, by the database's clock, epoch ms. */
  readonly at: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** By what those who are told are told (ALERT-7, ALERT-8). */
  readonly channels: readonly AlertChannel[];
}

/**
 * Writes what has changed in the alerts of a hall, in one statement. Where a node has written what follows from a later state,
 * nothing is written: that node's word holds. Throws what Postgres throws.
 *
 * @returns whether any alert was raised, worse or over by it
 */
export const writeChanges = async (
  sql: Sql,
  { branchId, epoch, version, at, date, channels }: LookedAt,
  { raised, worse, resolved }: AlertChanges,
): Promise<boolean> => {
  const [done] = await withinTimeout(sql<{ changed: boolean }[]>`
    with look as (
      insert into alert_look (branch_id, epoch, version, at)
      values (${branchId}, ${epoch}::uuid, ${version}, to_timestamp(${at / 1_000}::float8))
      on conflict (branch_id) do update set epoch = excluded.epoch, version = excluded.version, at = excluded.at
        where alert_look.epoch <> excluded.epoch
          or (alert_look.version <= excluded.version and alert_look.at <= excluded.at)
      returning 1
    ), raised as (
      insert into alert (branch_id, kind, subject, business_day, raised_at, worst, bound)
      select ${branchId}, kind, subject, ${date}::date, to_timestamp(${at / 1_000}::float8), value, "limit"
      from json_to_recordset(${JSON.stringify(raised)}::text::json) as r (kind text, subject text, value int, "limit" int)
      where exists (select from look)
      on conflict (branch_id, kind, subject) where resolved_at is null do nothing
      returning id
    ), worse as (
      update alert set worst = w.value
      from json_to_recordset(${JSON.stringify(worse)}::text::json) as w (kind text, subject text, value int)
      where exists (select from look)
        and branch_id = ${branchId} and alert.kind = w.kind and alert.subject = w.subject and resolved_at is null
      returning id
    ), resolved as (
      update alert set resolved_at = to_timestamp(${at / 1_000}::float8)
      from json_to_recordset(${JSON.stringify(resolved)}::text::json) as o (kind text, subject text)
      where exists (select from look)
        and branch_id = ${branchId} and alert.kind = o.kind and alert.subject = o.subject and resolved_at is null
      returning id, snoozed_until
    ), told as (
      insert into alert_message (branch_id, alert_id, subscriber_id, tells)
      select ${branchId}, raised.id, s.id, 'raised' from raised, alert_subscriber s
      where s.branch_id = ${branchId} and s.stopped_at is null and ${isOfOne(sql, channels)}
      union all
      select ${branchId}, resolved.id, m.subscriber_id, 'resolved'
      from resolved join alert_message m on m.alert_id = resolved.id and m.tells = 'raised'
        join alert_subscriber s on s.id = m.subscriber_id
      where s.stopped_at is null and ${isOfOne(sql, channels)} and (m.ended_at is null or m.is_sent)
        and (snoozed_until is null or snoozed_until <= to_timestamp(${at / 1_000}::float8))
      on conflict (alert_id, subscriber_id, tells) do nothing
    ), dropped as (
      update alert_message m set ended_at = now(), problem = null from resolved
      where m.alert_id = resolved.id and m.ended_at is null
        and snoozed_until > to_timestamp(${at / 1_000}::float8)
    )
    select exists (select from raised) or exists (select from worse) or exists (select from resolved) as changed`);
  return done?.changed ?? false;
};
