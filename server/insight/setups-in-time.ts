import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { setupOf } from '../setup/read-setup.ts';

/** The set-up of a hall as it was by a revision; one that is not kept, as it is now. Throws as `setupOf` does. */
export type SetupInTime = (revision: number) => Promise<BranchSetup>;

/** Each revision is read once: a ledger names the same one day after day. */
export const setupsInTime = (sql: Sql, branchId: BranchId): SetupInTime => {
  const known = new Map<number, BranchSetup>();
  return async (revision) => {
    const setup = known.get(revision) ?? (await readRevision(sql, branchId, revision));
    known.set(revision, setup);
    return setup;
  };
};

const readRevision = async (sql: Sql, branchId: BranchId, revision: number): Promise<BranchSetup> => {
  // In this order: one that is replaced meanwhile is kept by then.
  const now = await withinTimeout(setupOf(sql, branchId));
  if (now.revision === revision) return now.setup;
  const [replaced] = await withinTimeout(sql<{ blueprint: Blueprint }[]>`
    select blueprint from setup_revision where branch_id = ${branchId} and revision = ${revision}`);
  return replaced ? setupOfBlueprint(replaced.blueprint) : now.setup;
};
