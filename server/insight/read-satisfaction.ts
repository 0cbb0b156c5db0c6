import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Texts } from '@antrean/shared/domain/setup.ts';
import type { Answers } from '@antrean/shared/views/tell-satisfaction.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import { countServed, type Period } from './count-served.ts';

/** What visitors of a service said, and how many could. */
export interface ServiceAnswers extends Answers {
  readonly id: string;
  readonly name: Texts;
}

interface Ports {
  readonly sql: Sql;
  readonly inScope: InScope;
}

/** Whose figures somebody may see; `null`: not limited. */
interface Scope {
  readonly branchId: string | null;
  readonly agencyId: string | null;
}

interface Row {
  readonly id: string;
  readonly name: Texts;
  readonly answered: number;
  readonly stars: number;
  readonly starsSum: number;
  readonly surveys: number;
  /** Nine, with commas. */
  readonly sums: string;
}

/**
 * What was said in a period of each service that had visits or answers, in the order of the set-up; those that are retired
 * come last. Throws what Postgres throws.
 */
export const readSatisfaction = async (
  { sql, inScope }: Ports,
  branchId: BranchId,
  { from, to }: Period,
  scope: Scope,
): Promise<ServiceAnswers[]> => {
  const rows = await inScope(
    scope.branchId,
    (scoped) => scoped<Row[]>`
    select s.id, s.name, count(a.id)::int as answered, count(a.stars)::int as stars,
      coalesce(sum(a.stars), 0)::int as "starsSum", count(a.u1)::int as surveys,
      concat_ws(',', ${[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((u, index) => [
        ...(index > 0 ? [scoped`, `] : []),
        scoped`coalesce(sum(${scoped(`u${u}`)}), 0)`,
      ])}) as sums
    from service s left join visit_answer a
      on a.branch_id = s.branch_id and a.service_id = s.id and a.business_day between ${from}::date and ${to}::date
    where s.branch_id = ${branchId} and (${scope.agencyId}::text is null or s.agency_id = ${scope.agencyId})
    group by s.branch_id, s.id
    order by s.retired_at is not null, s.position, s.id`,
  );
  const served = await countServed(sql, branchId, { from, to });
  return rows.flatMap(({ id, name, answered, stars, starsSum, surveys, sums }) => {
    const count = served.get(id) ?? 0;
    if (count === 0 && answered === 0) return [];
    return [{ id, name, served: count, answered, stars, starsSum, surveys, markSums: sums.split(',').map(Number) }];
  });
};
