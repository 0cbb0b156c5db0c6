import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { strandedBy } from '@antrean/shared/domain/stranded-by.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { hallsAlone } from './halls-alone.ts';
import { readSetup } from './read-setup.ts';

/**
 * Whom a blueprint would leave stranded in the hall as it stands now, one sentence each (SETUP-2). Nobody when the
 * business day is closed or the hall is new. Throws what Postgres throws.
 */
export const findStranded = async (sql: Sql, blueprint: Blueprint): Promise<string[]> => {
  const branchId = blueprint.branch as BranchId;
  if (!(await readSetup(sql, branchId))) return [];
  const { hall } = await (await hallsAlone(sql)).branch(branchId);
  return hall.day?.isOpen ? strandedBy(hall, setupOfBlueprint(blueprint)) : [];
};
