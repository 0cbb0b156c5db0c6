import type { AlertView } from '@antrean/shared/protocol/alerts.ts';
import type {
  AlertChannel,
  MailProblem,
  MailState,
  WebhookProblem,
  WebhookState,
} from '@antrean/shared/protocol/alert-subscribers.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { lines, type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** So long a node has for one message before another may take it over, s. */
const takenForSeconds = 60;
/** So often one is tried, which takes about an hour. */
export const triesMost = 12;
/** The pause after the first try, s; it doubles up to ten minutes. */
const firstPauseSeconds = 5;
const longestPauseSeconds = 600;

/** A message that this node has taken on. */
export interface DueMessage {
  readonly id: string;
  readonly branchId: BranchId;
  readonly subscriberId: string;
  readonly tells: 'raised' | 'resolved';
  readonly channel: AlertChannel;
  readonly address: string;
  /** Of an e-mail. */
  readonly language: string | null;
  /** Sealed: what signs a webhook. */
  readonly secret: string | null;
  readonly alert: Pick<
    AlertView,
    'id' | 'kind' | 'subject' | 'name' | 'area' | 'raisedAt' | 'worst' | 'limit' | 'resolvedAt'
  >;
}

/** Of a subscriber `s`. */
export const isOfOne = (sql: Sql, channels: readonly AlertChannel[]) =>
  sql`s.channel = any (string_to_array(${lines(channels)}, chr(10)))`;

/** Whether a message may be sent now: by a channel that is set up, to an address that takes some, nothing of what was put off, and that something is over only after it was told that it began. */
const isDue = (sql: Sql, channels: readonly AlertChannel[]) => sql`
  m.ended_at is null and m.next_at <= now()
  and exists (select from alert_subscriber s
    where s.id = m.subscriber_id and s.stopped_at is null and ${isOfOne(sql, channels)})
  and not exists (select from alert a where a.id = m.alert_id and a.resolved_at is null and a.snoozed_until > now())
  and (m.tells = 'raised' or not exists (
    select from alert_message r
    where r.alert_id = m.alert_id and r.subscriber_id = m.subscriber_id and r.tells = 'raised' and r.ended_at is null))`;

/** The messages that may be sent now, the oldest first. Throws what Postgres throws. */
export const listDue = (sql: Sql, channels: readonly AlertChannel[]): Promise<{ id: string; tries: number }[]> =>
  withinTimeout(sql<{ id: string; tries: number }[]>`
    select m.id, m.tries from alert_message m where ${isDue(sql, channels)} order by m.made_at limit 100`);

/** Takes a message on, so that no other node does; `null`: it is not due any more. Throws what Postgres throws. */
export const takeMessage = async (
  sql: Sql,
  id: string,
  channels: readonly AlertChannel[],
): Promise<DueMessage | null> => {
  const [taken] = await withinTimeout(sql<DueMessage[]>`
    with taken as (
      update alert_message m set tries = tries + 1, next_at = now() + ${takenForSeconds} * interval '1 second'
      where m.id = ${id}::uuid and ${isDue(sql, channels)}
      returning m.id, m.branch_id, m.alert_id, m.subscriber_id, m.tells
    )
    select t.id, t.branch_id as "branchId", t.subscriber_id as "subscriberId", t.tells, s.channel, s.address, s.language, s.secret, json_build_object(
        'id', a.id, 'kind', a.kind, 'subject', a.subject, 'name', d.name, 'area', d.area, 'worst', a.worst, 'limit', a.bound,
        'raisedAt', (extract(epoch from a.raised_at) * 1000)::bigint,
        'resolvedAt', (extract(epoch from a.resolved_at) * 1000)::bigint) as alert
    from taken t
      join alert a on a.id = t.alert_id
      join alert_subscriber s on s.id = t.subscriber_id
      left join device d on a.kind = 'device-silent' and d.id = a.subject and d.branch_id = a.branch_id`);
  return taken ?? null;
};

/** It has arrived at the mail server, or at the receiver of a webhook. Throws what Postgres throws. */
export const noteSent = async (sql: Sql, id: string): Promise<void> => {
  await withinTimeout(sql`
    update alert_message set ended_at = now(), is_sent = true, problem = null where id = ${id}::uuid`);
};

/** It did not: it is tried again later, or given up, and then nobody is told that what it told of is over. Throws what Postgres throws. */
export const noteFailed = async (
  sql: Sql,
  id: string,
  problem: MailProblem | WebhookProblem,
  isFinal: boolean,
): Promise<void> => {
  await withinTimeout(sql`
    with failed as (
      update alert_message set problem = ${problem},
        next_at = now() + least(${longestPauseSeconds}, ${firstPauseSeconds} * power(2, tries - 1)) * interval '1 second',
        ended_at = case when ${isFinal} or tries >= ${triesMost} then now() end
      where id = ${id}::uuid
      returning alert_id, subscriber_id, tells, ended_at
    )
    update alert_message m set ended_at = now(), problem = ${problem} from failed
    where failed.ended_at is not null and failed.tells = 'raised'
      and m.alert_id = failed.alert_id and m.subscriber_id = failed.subscriber_id and m.tells = 'resolved'`);
};

/** An address that takes no more gets none, and what waits for it is given up; one that takes some again begins anew. Throws what Postgres throws. */
export const noteStopped = async (sql: Sql, subscriberId: string, isStopped: boolean): Promise<void> => {
  await withinTimeout(sql`
    with stopped as (
      update alert_subscriber set stopped_at = case when ${isStopped} then now() end
      where id = ${subscriberId}::uuid and (stopped_at is null) = ${isStopped} returning id
    )
    update alert_message m set ended_at = now(), problem = 'gone' from stopped
    where ${isStopped} and m.subscriber_id = stopped.id and m.ended_at is null`);
};

/** How the messages of a hall by one channel get on. */
export const selectChannelState = <State extends MailState | WebhookState>(
  sql: Sql,
  branchId: string,
  channel: AlertChannel,
) => sql<Omit<State, 'isSetUp'>[]>`
  select count(*) filter (where ended_at is null and tries > 0 and problem is not null)::int as waiting,
    count(*) filter (where ended_at is not null and not is_sent and problem is not null)::int as failed,
    (array_agg(problem order by made_at desc) filter (where problem is not null))[1] as problem
  from alert_message m join alert_subscriber s on s.id = m.subscriber_id
  where m.branch_id = ${branchId} and s.channel = ${channel} and made_at > now() - interval '1 day'`;
