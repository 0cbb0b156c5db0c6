import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { UsualView } from '@antrean/shared/protocol/dashboard.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { AskedDay } from './read-today.ts';

type Asked = Pick<AskedDay, 'date' | 'agencyId'>;

/** So many of the same weekday are looked back at. */
const sameWeekdays = 8;
const heatWeeks = 4;

/**
 * What is usual on the weekday of a date, by the quarter of an hour, and in a week, by the hour (TODAY-2); only days before
 * the date count, and of these those on which anybody came.
 *
 * @param zone IANA zone of the hall
 * @param scope the branch that the account is limited to; `null`: to none
 */
export const readUsual = async (
  inScope: InScope,
  branchId: BranchId,
  zone: string,
  asked: Asked,
  scope: string | null,
): Promise<UsualView> => {
  const [quarters, hours] = await Promise.all([
    inScope(scope, (sql) => selectQuarters(sql, branchId, zone, asked)),
    inScope(scope, (sql) => selectHours(sql, branchId, asked)),
  ]);
  return {
    date: asked.date,
    days: quarters[0]?.days ?? 0,
    quarters: quarters.map(({ minute, least, median, most }) => ({ minute, least, median, most })),
    hours: [...hours],
  };
};

const ofAgency = (sql: Sql, agencyId: string | undefined) =>
  agencyId === undefined ? sql`` : sql`and l.agency_id = ${agencyId}`;

type Quarter = UsualView['quarters'][number] & { readonly days: number };

const selectQuarters = (sql: Sql, branchId: BranchId, zone: string, { date, agencyId }: Asked) => sql<Quarter[]>`
  with l as materialized (
    select l.business_day, floor(extract(epoch from (l.queued_at at time zone ${zone})::time) / 900)::int * 15 as minute
    from visit_leg l
    where l.branch_id = ${branchId} and l.ending is distinct from 'void' ${ofAgency(sql, agencyId)}
      and l.business_day = any (select ${date}::date - 7 * back from generate_series(1, ${sameWeekdays}::int) as back)
  ), counted as (
    select day.business_day, quarter.minute, count(l.minute) as joined
    from (select distinct business_day from l) as day
      cross join (select distinct minute from l) as quarter
      left join l on l.business_day = day.business_day and l.minute = quarter.minute
    group by 1, 2
  )
  select minute, min(joined)::int as least, percentile_cont(0.5) within group (order by joined) as median,
    max(joined)::int as most, count(*)::int as days
  from counted
  group by minute
  order by minute`;

const selectHours = (sql: Sql, branchId: BranchId, { date, agencyId }: Asked) => sql<UsualView['hours']>`
  with l as materialized (
    select l.business_day, extract(isodow from l.business_day)::int as weekday, l.hour, l.wait_ms
    from visit_leg l
    where l.branch_id = ${branchId} and l.ending is distinct from 'void' ${ofAgency(sql, agencyId)}
      and l.business_day >= ${date}::date - 7 * ${heatWeeks}::int and l.business_day < ${date}::date
  ), days as (
    select weekday, count(distinct business_day)::int as days from l group by weekday
  )
  select weekday, hour::int as hour, days, (round(count(*) / days::numeric, 1))::float8 as joined,
    (percentile_disc(0.5) within group (order by wait_ms) / 1000)::int as "medianWaitSeconds"
  from l join days using (weekday)
  group by weekday, hour, days
  order by weekday, hour`;
