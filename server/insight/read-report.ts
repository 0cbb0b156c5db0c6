import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Lengths, ReportBy, ReportFigures, ReportRow } from '@antrean/shared/protocol/report.ts';
import type postgres from 'postgres';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { Period } from './period.ts';

/** What is asked of the legs of a hall. */
export interface AskedReport {
  readonly period: Period;
  readonly by: ReportBy;
  /** The longest wait that is still good. */
  readonly targetMinutes: number;
  readonly only: {
    readonly agencyId?: string | undefined;
    readonly serviceId?: string | undefined;
    readonly counterId?: string | undefined;
    readonly agentId?: string | undefined;
    readonly priorityId?: string | undefined;
    readonly channel?: string | undefined;
  };
}

interface Counts {
  readonly key: string;
  readonly joined: number;
  readonly called: number;
  readonly inTarget: number;
  readonly inStandard: number;
  readonly ofStandard: number;
  readonly done: number;
  readonly moved: number;
  readonly abandoned: number;
  readonly noShows: number;
  readonly missed: number;
  readonly rejoined: number;
  readonly recalled: number;
  readonly chosen: number;
  readonly open: number;
}

type Measure = 'wait' | 'walk' | 'service';

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

interface Named {
  readonly id: string;
  readonly name: Record<string, string>;
}

/**
 * The figures of a hall, or of all halls together, in a period, as a whole and by what is asked, in the order of the keys (REPORT-3). Lengths are
 * counted by whole seconds, so that medians and percentiles are exact to the second and need no sorting.
 *
 * @param branchId `null`: of all halls in scope
 * @param scope the branch that the account is limited to; `null`: to none
 */
export const readReport = async (
  inScope: InScope,
  branchId: BranchId | null,
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

const nothing: Counts = {
  key: '',
  joined: 0,
  called: 0,
  inTarget: 0,
  inStandard: 0,
  ofStandard: 0,
  done: 0,
  moved: 0,
  abandoned: 0,
  noShows: 0,
  missed: 0,
  rejoined: 0,
  recalled: 0,
  chosen: 0,
  open: 0,
};

const added = (a: Counts, b: Counts): Counts => {
  const fields = Object.keys(nothing).filter((field) => field !== 'key') as Exclude<keyof Counts, 'key'>[];
  return { key: '', ...Object.fromEntries(fields.map((field) => [field, a[field] + b[field]])) } as Counts;
};

const figuresOf = (counts: Counts, lengthsOf: (measure: Measure) => Lengths): ReportFigures => ({
  joined: counts.joined,
  called: counts.called,
  wait: lengthsOf('wait'),
  walk: lengthsOf('walk'),
  service: lengthsOf('service'),
  withinTarget: { count: counts.inTarget, of: counts.called },
  withinStandard: { count: counts.inStandard, of: counts.ofStandard },
  done: counts.done,
  moved: counts.moved,
  abandoned: { count: counts.abandoned, of: counts.called + counts.abandoned },
  noShows: { count: counts.noShows, of: counts.called },
  rejoined: { count: counts.rejoined, of: counts.missed },
  recalled: counts.recalled,
  outOfTurn: { count: counts.chosen, of: counts.called },
  open: counts.open,
});

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

/** The legs that are asked for, each with `more`; void ones were never there. */
const fromLegs = (
  sql: Sql,
  branchId: BranchId | null,
  { period, only }: AskedReport,
  more: postgres.Fragment = sql``,
): postgres.Fragment => {
  const is = (column: postgres.Fragment, value: string | undefined) =>
    value === undefined ? sql`` : sql`and ${column} = ${value}`;
  return sql`
    from visit_leg l ${more}
    where ${branchId === null ? sql`true` : sql`l.branch_id = ${branchId}`} and l.business_day between ${period.from}::date and ${period.to}::date
      and l.ending is distinct from 'void'
      ${is(sql`l.agency_id`, only.agencyId)} ${is(sql`l.service_id`, only.serviceId)}
      ${is(sql`l.counter_id`, only.counterId)} ${is(sql`l.agent_id`, only.agentId)}
      ${is(sql`l.priority_id`, only.priorityId)} ${is(sql`l.channel`, only.channel)}`;
};

const selectCounts = (sql: Sql, branchId: BranchId | null, asked: AskedReport) => sql<Counts[]>`
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
    count(*) filter (where l.ending is null)::int as open
  ${fromLegs(sql, branchId, asked)}
  group by 1
  order by 1`;

const measured = (sql: Sql): postgres.Fragment => sql`
  cross join lateral (values ('wait', l.wait_ms), ('walk', l.walk_ms), ('service', l.served_ms)) as m (measure, ms)`;

const selectQuantiles = (sql: Sql, branchId: BranchId | null, asked: AskedReport) => sql<Quantiles[]>`
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

/** How the keys are called, those that are retired, too. */
const readNames = async (
  inScope: InScope,
  branchId: BranchId | null,
  by: ReportBy,
  scope: string | null,
): Promise<Map<string, { name?: Record<string, string>; number?: number }>> => {
  if (by === 'counter' && branchId !== null) {
    const counters = await inScope(
      scope,
      (sql) => sql<{ id: string; number: number }[]>`select id, number from counter where branch_id = ${branchId}`,
    );
    return new Map(counters.map(({ id, number }) => [id, { number }]));
  }
  if (by === 'branch') {
    const halls = await inScope(scope, (sql) => sql<Named[]>`select id, name from branch`);
    return new Map(halls.map(({ id, name }) => [id, { name }]));
  }
  const table = by === 'agency' || by === 'service' ? by : by === 'priority' ? 'priority_class' : null;
  if (!table) return new Map();
  // Halls that have the same thing call it the same, or this hall is asked about alone.
  const named = await inScope(
    scope,
    (sql) => sql<Named[]>`
      select distinct on (id) id, name from ${sql(table)} ${branchId === null ? sql`` : sql`where branch_id = ${branchId}`}
      order by id, retired_at is not null, branch_id`,
  );
  return new Map(named.map(({ id, name }) => [id, { name }]));
};
