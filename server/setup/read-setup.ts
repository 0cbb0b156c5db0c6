import type { Sql } from 'postgres';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Texts } from '@antrean/shared/domain/setup.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import type { KnownSetup } from '../hall/branch.ts';
import { BranchUnknown } from '../hall/halls.ts';
import { exportBlueprint } from './export-blueprint.ts';

/** Reads what the rules need to know of a branch, and which revision that is. Answers null for an unknown branch. */
export const readSetup = async (sql: Sql, branchId: BranchId): Promise<KnownSetup | null> => {
  const exported = await exportBlueprint(sql, branchId);
  return exported && { setup: setupOfBlueprint(exported.blueprint), revision: exported.revision };
};

/** The same for a branch that must be there. Throws `BranchUnknown`, and what Postgres throws. */
export const setupOf = async (sql: Sql, branchId: BranchId): Promise<KnownSetup> => {
  const read = await readSetup(sql, branchId);
  if (!read) throw new BranchUnknown(branchId);
  return read;
};

export interface ListedBranch {
  readonly id: BranchId;
  readonly name: Texts;
  /** The first is the default. */
  readonly languages: readonly string[];
  readonly zone: string;
  readonly revision: number;
  /** Whether its kiosks and lobby TVs work without being paired. */
  readonly openScreens: boolean;
}

/** Every branch of this installation, by id. */
export const listBranches = async (sql: Sql): Promise<ListedBranch[]> =>
  await sql<ListedBranch[]>`
    select id, name, languages, zone, revision, coalesce((rules->>'openScreens')::boolean, false) as "openScreens"
    from branch order by id`;
