import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** So many days are packed while the fold of their branch waits: some tenths of a second. */
const daysAtOnce = 31;

/**
 * Packs the legs of a branch's days that have changed since it did so last, a row for each day (REPORT-6). Others may pack and
 * fold meanwhile: whoever holds the head packs what is folded then. Throws what Postgres throws; what was done stays.
 */
export const packDays = async (sql: Sql, branchId: BranchId): Promise<void> => {
  let isMore = true;
  while (isMore) isMore = await withinTimeout(packSome(sql, branchId));
};

const packSome = (sql: Sql, branchId: BranchId): Promise<boolean> =>
  sql.begin(async (tx) => {
    const [head] = await tx<{ version: number; packed: number | null; day: string | null }[]>`
      select version::float8 as version, packed_version::float8 as packed, packed_day::text as day
      from visit_leg_head where branch_id = ${branchId} for update`;
    if (!head || head.packed === head.version) return false;
    // A fold goes on from day to day: what is before the last one that was packed stays as it is.
    const { day } = head;
    const days = await tx<{ day: string }[]>`
      select distinct business_day::text as day from visit_leg
      where branch_id = ${branchId} and (${day}::date is null or business_day >= ${day}::date)
      order by day limit ${daysAtOnce}`;
    const [first, last] = [days[0]?.day ?? null, days.at(-1)?.day ?? null];
    // Of a ledger that is no more there may be days that this one does not have.
    await tx`
      delete from visit_day
      where branch_id = ${branchId} and (${day}::date is null or business_day between ${first}::date and ${last}::date)`;
    await tx`
      insert into visit_day (
        business_day, branch_id, figures, services, service, agencies, agency, priorities, priority, channels, channel)
      select business_day, branch_id,
        string_agg(
          int4send(coalesce(wait_ms, -1)) || int4send(coalesce(walk_ms, -1)) || int4send(coalesce(served_ms, -1))
            || substr(int4send(facts), 3), ''::bytea order by ticket_id, leg),
        string_agg(distinct service_id collate "C", chr(10) order by service_id collate "C"),
        string_agg(int2send(service), ''::bytea order by ticket_id, leg),
        string_agg(distinct agency_id collate "C", chr(10) order by agency_id collate "C"),
        string_agg(int2send(agency), ''::bytea order by ticket_id, leg),
        string_agg(distinct coalesce(priority_id, '') collate "C", chr(10) order by coalesce(priority_id, '') collate "C"),
        string_agg(int2send(priority), ''::bytea order by ticket_id, leg),
        string_agg(distinct channel collate "C", chr(10) order by channel collate "C"),
        string_agg(int2send(via), ''::bytea order by ticket_id, leg)
      from (
        select l.*,
          case l.ending
            when 'done' then 1 when 'moved' then 2 when 'no-show' then 4
            when 'left' then 3 when 'withdrawn' then 3 when 'closed' then 3 else 0 end
          + case when l.misses > 0 then 8 else 0 end
          + case when l.rejoins > 0 then 16 else 0 end
          + case when l.recalls > 0 then 32 else 0 end
          + case when l.rule = 'chosen' then 64 else 0 end
          + case when l.served_ms is not null and l.standard_minutes is not null then 128 else 0 end
          + case when l.served_ms <= l.standard_minutes * 60000 then 256 else 0 end
          + l.hour * 512
          + case
              when l.wait_ms is null or l.told_to is null then 0
              when l.wait_ms < l.told_from * 60000::bigint then 16384
              when l.wait_ms <= l.told_to * 60000::bigint then 32768 else 49152 end as facts,
          (dense_rank() over (partition by l.business_day order by l.service_id collate "C") - 1)::smallint as service,
          (dense_rank() over (partition by l.business_day order by l.agency_id collate "C") - 1)::smallint as agency,
          (dense_rank() over (partition by l.business_day order by coalesce(l.priority_id, '') collate "C") - 1)::smallint
            as priority,
          (dense_rank() over (partition by l.business_day order by l.channel collate "C") - 1)::smallint as via
        from visit_leg l
        where l.branch_id = ${branchId} and l.business_day between ${first}::date and ${last}::date
          and l.ending is distinct from 'void'
      ) as r
      group by branch_id, business_day`;
    const isMore = days.length === daysAtOnce;
    await tx`
      update visit_leg_head
      set packed_day = ${last}::date, packed_version = ${isMore ? null : head.version}
      where branch_id = ${branchId}`;
    return isMore;
  });
