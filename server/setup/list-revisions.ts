import type { BlueprintView, RevisionList } from '@antrean/shared/protocol/set-up-change.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { InScope } from '../ledger/in-scope.ts';

/** The set-ups of a hall that were replaced, the latest first. Throws what Postgres throws. */
export const listRevisions = (inScope: InScope, by: Me, branchId: string): Promise<RevisionList> =>
  inScope(
    by.branchId,
    (sql) => sql<RevisionList>`
    select revision, (extract(epoch from replaced_at) * 1000)::bigint::float8 as "replacedAt", replaced_by as "replacedBy"
    from setup_revision where branch_id = ${branchId} order by revision desc`,
  );

/** One of them, or null where there is none. Throws what Postgres throws. */
export const findRevision = async (
  inScope: InScope,
  by: Me,
  branchId: string,
  revision: number,
): Promise<BlueprintView | null> => {
  const [found] = await inScope(
    by.branchId,
    (sql) => sql<BlueprintView[]>`
    select revision, blueprint from setup_revision where branch_id = ${branchId} and revision = ${revision}`,
  );
  return found ?? null;
};
