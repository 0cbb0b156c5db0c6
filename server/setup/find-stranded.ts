import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { strandedBy } from '@antrean/shared/domain/stranded-by.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { BranchUnknown } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { hallsAlone } from './halls-alone.ts';

/**
 * Whom a blueprint would leave stranded in the hall as it stands now, one sentence each (SETUP-2). Nobody when the
 * business day is closed or the hall is new. Throws what Postgres throws.
 */
export const findStranded = async (sql: Sql, blueprint: Blueprint): Promise<string[]> => {
  const halls = await hallsAlone(sql);
  try {
    const { hall } = await halls.branch(blueprint.branch as BranchId);
    return hall.day?.isOpen ? strandedBy(hall, setupOfBlueprint(blueprint)) : [];
  } catch (error) {
    if (error instanceof BranchUnknown) return [];
    throw error;
  }
};
