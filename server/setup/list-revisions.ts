import type { BlueprintView, RevisionList } from '@antrean/shared/protocol/set-up-change.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** The set-ups of a hall that were replaced, the latest first. */
export const listRevisions = (sql: Sql, branchId: string): Promise<RevisionList> =>
  withinTimeout(sql<RevisionList>`
    select revision, (extract(epoch from replaced_at) * 1000)::bigint::float8 as "replacedAt", replaced_by as "replacedBy"
    from setup_revision where branch_id = ${branchId} order by revision desc`);

/** One of them, or null where there is none. */
export const findRevision = async (sql: Sql, branchId: string, revision: number): Promise<BlueprintView | null> => {
  const [found] = await withinTimeout(sql<BlueprintView[]>`
    select revision, blueprint from setup_revision where branch_id = ${branchId} and revision = ${revision}`);
  return found ?? null;
};
