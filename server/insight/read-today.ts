import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { TodayView } from '@antrean/shared/protocol/dashboard.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import { dateOf } from './period.ts';
import { readReport } from './read-report.ts';

/** Of which day, and up to when. */
export interface AskedDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** epoch ms */
  readonly at: number;
  readonly targetMinutes: number;
  /** Absent: of all agencies. */
  readonly agencyId?: string | undefined;
}

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
/** Sparklines go back so far. */
const sparkMs = 60 * minuteMs;
/** Waits are counted in steps of so many minutes, up to an hour. */
const waitStepMinutes = 5;
const waitSteps = 60 / waitStepMinutes;

/**
 * How a business day stood at an instant, and a week before at the same time (TODAY-1).
 *
 * @param zone IANA zone of the hall
 * @param scope the branch that the account is limited to; `null`: to none
 */
export const readToday = async (
  inScope: InScope,
  branchId: BranchId,
  zone: string,
  asked: AskedDay,
  scope: string | null,
): Promise<TodayView> => {
  const { date, at, targetMinutes, agencyId } = asked;
  const period = { from: date, to: date };
  const [figures, quarters, minutes, waits, weekBefore] = await Promise.all([
    readReport(inScope, branchId, { period, by: 'service', targetMinutes, only: { agencyId } }, scope),
    inScope(scope, (sql) => selectQuarters(sql, branchId, asked)),
    inScope(scope, (sql) => selectMinutes(sql, branchId, asked)),
    inScope(scope, (sql) => selectWaits(sql, branchId, asked)),
    inScope(scope, (sql) => selectWeekBefore(sql, branchId, zone, asked)),
  ]);
  const { isThere, ...before } = weekBefore[0] ?? { isThere: false };
  const counts = new Map(waits.map(({ step, count }) => [step, count]));
  return {
    date,
    at,
    targetMinutes,
    all: figures.all,
    services: figures.rows,
    quarters: [...quarters],
    minutes: [...minutes],
    waits: Array.from({ length: waitSteps + 1 }, (_, step) => counts.get(step) ?? 0),
    weekBefore: isThere ? (before as TodayView['weekBefore']) : null,
  };
};

type Asked = Pick<AskedDay, 'date' | 'at' | 'agencyId'>;

/** The legs of a day that were not void, as `l`. */
const ofDay = (sql: Sql, branchId: BranchId, { date, agencyId }: Pick<AskedDay, 'date' | 'agencyId'>) => sql`
  visit_leg l
  where l.branch_id = ${branchId} and l.business_day = ${date}::date and l.ending is distinct from 'void'
    ${agencyId === undefined ? sql`` : sql`and l.agency_id = ${agencyId}`}`;

const instant = (sql: Sql, at: number) => sql`to_timestamp(${at}::float8 / 1000)`;

const selectQuarters = (sql: Sql, branchId: BranchId, asked: Asked) => sql<TodayView['quarters']>`
  select (step * ${quarterMs}::bigint)::float8 as at, sum(joined)::int as joined, sum(done)::int as done
  from (
    select floor(extract(epoch from l.queued_at) * 1000 / ${quarterMs})::bigint as step, 1 as joined, 0 as done
    from ${ofDay(sql, branchId, asked)}
    union all
    select floor(extract(epoch from l.ended_at) * 1000 / ${quarterMs})::bigint, 0, 1
    from ${ofDay(sql, branchId, asked)} and l.ending = 'done'
  ) as each
  group by step
  order by step`;

/** Whether somebody waited for a first call at an instant. */
const waitedAt = (sql: Sql, at: ReturnType<typeof instant>) => sql`
  l.queued_at <= ${at} and coalesce(l.called_at, l.ended_at, 'infinity') > ${at}`;

const selectMinutes = (sql: Sql, branchId: BranchId, asked: Asked) => sql<TodayView['minutes']>`
  with l as materialized (
    select l.queued_at, l.called_at, l.ended_at from ${ofDay(sql, branchId, asked)}
      and l.queued_at <= ${instant(sql, asked.at)}
      and coalesce(l.called_at, l.ended_at, 'infinity') > ${instant(sql, asked.at - sparkMs)}
  )
  select count(l.queued_at)::int as waiting,
    floor(extract(epoch from max(m.at - l.queued_at)))::int as "longestSeconds"
  from generate_series(${instant(sql, asked.at - sparkMs)}, ${instant(sql, asked.at)}, interval '1 minute') as m (at)
    left join l on ${waitedAt(sql, sql`m.at`)}
  group by m.at
  order by m.at`;

const selectWaits = (sql: Sql, branchId: BranchId, asked: Asked) => sql<{ step: number; count: number }[]>`
  select least(l.wait_ms / ${waitStepMinutes * minuteMs}::int, ${waitSteps}::int) as step, count(*)::int as count
  from ${ofDay(sql, branchId, asked)} and l.wait_ms is not null
  group by 1`;

type Before = NonNullable<TodayView['weekBefore']> & { readonly isThere: boolean };

const selectWeekBefore = (
  sql: Sql,
  branchId: BranchId,
  zone: string,
  { date, at, targetMinutes, agencyId }: AskedDay,
) => sql<Before[]>`
  with week_ago as materialized (
    select (${instant(sql, at)} at time zone ${zone} - interval '7 days') at time zone ${zone} as at
  ), l as materialized (
    select l.* from ${ofDay(sql, branchId, { date: weekBefore(date), agencyId })}
  )
  select exists (select from l) as "isThere", ${weekBefore(date)} as date,
    count(*) filter (where l.queued_at <= week_ago.at)::int as joined,
    count(*) filter (where ${waitedAt(sql, sql`week_ago.at`)})::int as waiting,
    floor(extract(epoch from max(week_ago.at - l.queued_at) filter (where ${waitedAt(sql, sql`week_ago.at`)})))::int as "longestSeconds",
    json_build_object(
      'count', count(*) filter (where l.called_at <= week_ago.at and l.wait_ms <= ${targetMinutes * minuteMs}::int),
      'of', count(*) filter (where l.called_at <= week_ago.at)
    ) as "withinTarget",
    json_build_object(
      'count', count(*) filter (where ${gaveUpBy(sql)}),
      'of', count(*) filter (where l.called_at <= week_ago.at or ${gaveUpBy(sql)})
    ) as abandoned,
    json_build_object(
      'count', count(*) filter (where l.ending = 'no-show' and l.ended_at <= week_ago.at),
      'of', count(*) filter (where l.called_at <= week_ago.at)
    ) as "noShows"
  from week_ago left join l on true
  group by week_ago.at`;

/** Whether somebody had left by then, before anybody called them. */
const gaveUpBy = (sql: Sql) => sql`
  (l.ending in ('left', 'withdrawn', 'closed') and l.called_at is null and l.ended_at <= week_ago.at)`;

const dayMs = 24 * 60 * minuteMs;
const weekBefore = (date: string): string => dateOf(Date.parse(date) - 7 * dayMs);
