import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import { periodAround, type ReportRhythm } from '@antrean/shared/domain/report-period.ts';
import type { MailProblem } from '@antrean/shared/protocol/alert-subscribers.ts';
import type { ReportSubscriberView } from '@antrean/shared/protocol/report-mail.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** So long a node has for one report before another may take it over, s. */
const takenForSeconds = 120;
/** The pause after the first try, s; it doubles up to an hour. */
const firstPauseSeconds = 60;
const longestPauseSeconds = 3_600;

/** Who gets what next. */
export interface Subscriber {
  readonly id: string;
  readonly branchId: BranchId;
  readonly agencyId: AgencyId | null;
  readonly address: string;
  readonly language: string;
  readonly every: ReportRhythm;
  /** `YYYY-MM-DD` */
  readonly nextFrom: string;
}

interface Row extends Subscriber {
  readonly addedAt: number;
  readonly nextAt: number;
  readonly problem: MailProblem | null;
  readonly sentFrom: string | null;
  readonly sentAt: number | null;
  readonly lostFrom: string | null;
  readonly lostProblem: MailProblem | null;
}

const whatComes = (sql: Sql) => sql`
  id, branch_id as "branchId", agency_id as "agencyId", address, language, every, next_from::text as "nextFrom"`;

const ms = (sql: Sql, column: string) => sql`(extract(epoch from ${sql(column)}) * 1000)::bigint::float8`;

/** Those of a hall, or the one that is named, the oldest first. */
export const selectSubscribers = (sql: Sql, branchId: string, id: string | null = null) => sql<Row[]>`
  select ${whatComes(sql)}, ${ms(sql, 'added_at')} as "addedAt", ${ms(sql, 'next_at')} as "nextAt", problem,
    sent_from::text as "sentFrom", ${ms(sql, 'sent_at')} as "sentAt", lost_from::text as "lostFrom",
    lost_problem as "lostProblem"
  from report_subscriber where branch_id = ${branchId} and (${id}::uuid is null or id = ${id}::uuid)
  order by added_at, id`;

export const subscriberView = (row: Row): ReportSubscriberView => {
  const {
    id,
    address,
    language,
    every,
    agencyId,
    addedAt,
    nextFrom,
    nextAt,
    problem,
    sentFrom,
    sentAt,
    lostFrom,
    lostProblem,
  } = row;
  return {
    ...{ id, address, language, every, agencyId, addedAt, problem },
    next: { ...periodAround(every, nextFrom), at: nextAt },
    sent: sentFrom !== null && sentAt !== null ? { ...periodAround(every, sentFrom), at: sentAt } : null,
    lost: lostFrom === null ? null : { ...periodAround(every, lostFrom), problem: lostProblem },
  };
};

/** Who may be sent something now, the longest due first. Throws what Postgres throws. */
export const listDue = (sql: Sql): Promise<{ id: string }[]> =>
  withinTimeout(sql<{ id: string }[]>`
    select id from report_subscriber where next_at <= now() order by next_at limit 50`);

/** Takes one on, so that no other node does; `null`: it is not due any more. Throws what Postgres throws. */
export const takeSubscriber = async (sql: Sql, id: string): Promise<Subscriber | null> => {
  const [taken] = await withinTimeout(sql<Subscriber[]>`
    update report_subscriber set tries = tries + 1, next_at = now() + ${takenForSeconds} * interval '1 second'
    where id = ${id}::uuid and next_at <= now() returning ${whatComes(sql)}`);
  return taken ?? null;
};

/** It is not time yet. Throws what Postgres throws. @param until epoch ms */
export const putOff = async (sql: Sql, { id, nextFrom }: Subscriber, until: number): Promise<void> => {
  await withinTimeout(sql`
    update report_subscriber set tries = 0, next_at = to_timestamp(${until / 1_000}::float8)
    where id = ${id}::uuid and next_from = ${nextFrom}::date`);
};

/** What becomes of a period. */
export type PeriodEnd = 'sent' | 'lost' | 'nothing';

/**
 * A period is done with, and the next one comes at its time. Throws what Postgres throws.
 *
 * @param nextAt epoch ms
 */
export const noteDone = async (
  sql: Sql,
  { id, nextFrom }: Subscriber,
  how: PeriodEnd,
  next: { readonly from: string; readonly at: number },
): Promise<void> => {
  await withinTimeout(sql`
    update report_subscriber set tries = 0, next_from = ${next.from}::date, next_at = to_timestamp(${next.at / 1_000}::float8),
      problem = null,
      sent_from = case when ${how} = 'sent' then next_from else sent_from end,
      sent_at = case when ${how} = 'sent' then now() else sent_at end,
      lost_from = case ${how} when 'sent' then null when 'lost' then next_from else lost_from end,
      lost_problem = case ${how} when 'sent' then null when 'lost' then problem else lost_problem end
    where id = ${id}::uuid and next_from = ${nextFrom}::date`);
};

/** It did not go out, and is tried again. Throws what Postgres throws. */
export const noteFailed = async (sql: Sql, { id, nextFrom }: Subscriber, problem: MailProblem): Promise<void> => {
  await withinTimeout(sql`
    update report_subscriber set problem = ${problem},
      next_at = now() + least(${longestPauseSeconds}, ${firstPauseSeconds} * power(2, tries - 1)) * interval '1 second'
    where id = ${id}::uuid and next_from = ${nextFrom}::date`);
};
