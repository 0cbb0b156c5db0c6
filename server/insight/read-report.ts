import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Lengths, ReportBy, ReportFigures, ReportRow } from '@antrean/shared/protocol/report.ts';
import type postgres from 'postgres';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { Period } from './period.ts';
import { added, type Counts, figuresOf, type Measure, nothing } from './report-counts.ts';
import { readNames } from './report-names.ts';

/** Which legs of a hall are asked for. */
export interface AskedLegs {
  readonly period: Period;
  readonly only: {
    readonly agencyId?: string | undefined;
    readonly serviceId?: string | undefined;
    readonly counterId?: string | undefined;
    readonly agentId?: string | undefined;
    readonly priorityId?: string | undefined;
    readonly channel?: string | undefined;
  };
}

/** What is asked of them. */
export interface AskedReport extends AskedLegs {
  readonly by: ReportBy;
  /** The longest wait that is still good. */
  readonly targetMinutes: number;
}

interface Quantiles {
  /** `null`: of all keys together. */
  readonly key: string | null;
  readonly measure: Measure;
  readonly count: number;
  readonly meanSeconds: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
  readonly maxSeconds: number;
}

/**
 * The figures of a hall in a period, as a whole and by what is asked, in the order of the keys (REPORT-3). Lengths are counted
 * by whole seconds, so that medians and percentiles are exact to the second and need no sorting.
 *
 * @param scope the branch that the account is limited to; `null`: to none
 */
export const readReport = async (
  inScope: InScope,
  branchId: BranchId,
  asked: AskedReport,
  scope: string | null,
): Promise<{ all: ReportFigures; rows: ReportRow[] }> => {
  const [counts, quantiles, names] = await Promise.all([
    inScope(scope, (sql) => selectCounts(sql, branchId, asked)),
    inScope(scope, (sql) => selectQuantiles(sql, branchId, asked)),
    readNames(inScope, branchId, asked.by, scope),
  ]);
  const lengthsOf = (key: string | null, measure: Measure): Lengths => {
    const found = quantiles.find((row) => row.key === key && row.measure === measure);
    if (!found) return { count: 0, meanSeconds: null, medianSeconds: null, p90Seconds: null, maxSeconds: null };
    const { count, meanSeconds, medianSeconds, p90Seconds, maxSeconds } = found;
    return { count, meanSeconds, medianSeconds, p90Seconds, maxSeconds };
  };
  const all = counts.reduce((sum, row) => added(sum, row), nothing);
  return {
    all: figuresOf(all, (measure) => lengthsOf(null, measure)),
    rows: counts.map((row) => ({
      key: row.key,
      ...names.get(row.key),
      ...figuresOf(row, (measure) => lengthsOf(row.key, measure)),
    })),
  };
};

const keyOf = (sql: Sql, by: ReportBy): postgres.Fragment => {
  switch (by) {
    case 'all':
      return sql`''`;
    case 'branch':
      return sql`l.branch_id`;
    case 'day':
      return sql`l.business_day::text`;
    case 'hour':
      return sql`lpad(l.hour::text, 2, '0')`;
    case 'weekday':
      return sql`extract(isodow from l.business_day)::text`;
    case 'agency':
      return sql`l.agency_id`;
    case 'service':
      return sql`l.service_id`;
    case 'counter':
      return sql`coalesce(l.counter_id, '')`;
    case 'agent':
      return sql`coalesce(l.agent_id, '')`;
    case 'priority':
      return sql`coalesce(l.priority_id, '')`;
    case 'channel':
      return sql`l.channel`;
  }
};

/** The legs that are asked for, `l`, each with `more`; void ones were never there. */
export const fromLegs = (
  sql: Sql,
  branchId: BranchId,
  { period, only }: AskedLegs,
  more: postgres.Fragment = sql``,
): postgres.Fragment => {
  const is = (column: postgres.Fragment, value: string | undefined) =>
    value === undefined ? sql`` : sql`and ${column} = ${value}`;
  return sql`
    from visit_leg l ${more}
    where l.branch_id = ${branchId} and l.business_day between ${period.from}::date and ${period.to}::date
      and l.ending is distinct from 'void'
      ${is(sql`l.agency_id`, only.agencyId)} ${is(sql`l.service_id`, only.serviceId)}
      ${is(sql`l.counter_id`, only.counterId)} ${is(sql`l.agent_id`, only.agentId)}
      ${is(sql`l.priority_id`, only.priorityId)} ${is(sql`l.channel`, only.channel)}`;
};

const selectCounts = (sql: Sql, branchId: BranchId, asked: AskedReport) => sql<(Counts & { key: string })[]>`
  select ${keyOf(sql, asked.by)} collate "C" as key,
    count(*)::int as joined,
    count(l.wait_ms)::int as called,
    count(*) filter (where l.wait_ms <= ${asked.targetMinutes * 60_000}::int)::int as "inTarget",
    count(*) filter (where l.served_ms <= l.standard_minutes * 60000)::int as "inStandard",
    count(*) filter (where l.served_ms is not null and l.standard_minutes is not null)::int as "ofStandard",
    count(*) filter (where l.ending = 'done')::int as done,
    count(*) filter (where l.ending = 'moved')::int as moved,
    count(*) filter (where l.ending in ('left', 'withdrawn', 'closed') and l.wait_ms is null)::int as abandoned,
    count(*) filter (where l.ending = 'no-show')::int as "noShows",
    count(*) filter (where l.misses > 0 or l.ending = 'no-show')::int as missed,
    count(*) filter (where l.rejoins > 0)::int as rejoined,
    count(*) filter (where l.recalls > 0)::int as recalled,
    count(*) filter (where l.rule = 'chosen')::int as chosen,
    count(*) filter (where l.wait_ms < l.told_from * 60000::bigint)::int as sooner,
    count(*) filter (where l.wait_ms between l.told_from * 60000::bigint and l.told_to * 60000::bigint)::int as "inRange",
    count(*) filter (where l.wait_ms > l.told_to * 60000::bigint)::int as later,
    count(*) filter (where l.ending is null)::int as open
  ${fromLegs(sql, branchId, asked)}
  group by 1
  order by 1`;

const measured = (sql: Sql): postgres.Fragment => sql`
  cross join lateral (values ('wait', l.wait_ms), ('walk', l.walk_ms), ('service', l.served_ms)) as m (measure, ms)`;

const selectQuantiles = (sql: Sql, branchId: BranchId, asked: AskedReport) => sql<Quantiles[]>`
  with by_second as (
    select ${keyOf(sql, asked.by)} as key, m.measure, m.ms / 1000 as seconds, count(*) as n, sum(m.ms) as ms
    ${fromLegs(sql, branchId, asked, measured(sql))} and m.ms is not null
    group by 1, 2, 3
  ), counted as (
    select key, measure, seconds, n, ms from by_second
    union all
    select null, measure, seconds, sum(n), sum(ms) from by_second group by measure, seconds
  ), ranked as (
    select key, measure, seconds, n, ms,
      sum(n) over (partition by key, measure order by seconds) as up_to,
      sum(n) over (partition by key, measure) as total
    from counted
  )
  select key, measure, max(total)::int as count, round(sum(ms) / max(total) / 1000)::int as "meanSeconds",
    min(seconds) filter (where up_to >= ceil(total * 0.5)) as "medianSeconds",
    min(seconds) filter (where up_to >= ceil(total * 0.9)) as "p90Seconds",
    max(seconds) as "maxSeconds"
  from ranked
  group by key, measure`;
