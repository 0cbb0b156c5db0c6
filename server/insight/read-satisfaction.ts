import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Texts } from '@antrean/shared/domain/setup.ts';
import type { Answers } from '@antrean/shared/views/tell-satisfaction.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { Period } from './period.ts';

/** What visitors of a service said, and how many could. */
export interface ServiceAnswers extends Answers {
  readonly id: string;
  readonly name: Texts;
  readonly agency: { readonly id: string; readonly name: Texts };
}

/** Whose figures somebody may see; `null`: not limited. */
interface Scope {
  readonly branchId: string | null;
  readonly agencyId: string | null;
}

interface Row {
  readonly id: string;
  readonly name: Texts;
  readonly agencyId: string;
  readonly agencyName: Texts;
  readonly served: number;
  readonly answered: number;
  readonly stars: number;
  readonly starsSum: number;
  readonly surveys: number;
  /** Nine, with commas. */
  readonly sums: string;
}

/**
 * What was said in a period of each service that had visits or answers, agency by agency in the order of the set-up; those
 * that are retired come last. Throws what Postgres throws.
 */
export const readSatisfaction = async (
  inScope: InScope,
  branchId: BranchId,
  { from, to }: Period,
  scope: Scope,
): Promise<ServiceAnswers[]> => {
  const rows = await inScope(
    scope.branchId,
    (scoped) => scoped<Row[]>`
    select s.id, s.name, g.id as "agencyId", g.name as "agencyName", coalesce(max(v.served), 0)::int as served, count(a.id)::int as answered, count(a.stars)::int as stars,
      coalesce(sum(a.stars), 0)::int as "starsSum", count(a.u1)::int as surveys,
      concat_ws(',', ${[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((u, index) => [
        ...(index > 0 ? [scoped`, `] : []),
        scoped`coalesce(sum(${scoped(`u${u}`)}), 0)`,
      ])}) as sums
    from service s join agency g on g.branch_id = s.branch_id and g.id = s.agency_id
      left join visit_answer a
      on a.branch_id = s.branch_id and a.service_id = s.id and a.business_day between ${from}::date and ${to}::date
    left join (
      -- A visit ends as served where the last of its legs was.
      select l.service_id, count(*) as served from visit_leg l
      where l.branch_id = ${branchId} and l.business_day between ${from}::date and ${to}::date and l.ending = 'done'
        and not exists (
          select from visit_leg later
          where later.branch_id = l.branch_id and later.business_day = l.business_day
            and later.ticket_id = l.ticket_id and later.leg = l.leg + 1)
      group by l.service_id
    ) v on v.service_id = s.id
    where s.branch_id = ${branchId} and (${scope.agencyId}::text is null or s.agency_id = ${scope.agencyId})
    group by s.branch_id, s.id, g.branch_id, g.id
    order by g.retired_at is not null, g.position, g.id, s.retired_at is not null, s.position, s.id`,
  );
  return rows.flatMap(({ id, name, agencyId, agencyName, served, answered, stars, starsSum, surveys, sums }) => {
    if (served === 0 && answered === 0) return [];
    const agency = { id: agencyId, name: agencyName };
    return [{ id, name, agency, served, answered, stars, starsSum, surveys, markSums: sums.split(',').map(Number) }];
  });
};
