import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { commandIdOf } from '../hall/derive-command-id.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { hallsAlone } from './halls-alone.ts';
import { importBlueprint, type ImportReport } from './import-blueprint.ts';

/**
 * Imports a blueprint and tells the branch's ledger, so that every node works with it from then on (SETUP-1). When the
 * second step fails, importing again repeats it. Throws what Postgres throws.
 */
export const applyBlueprint = async (sql: Sql, blueprint: Blueprint): Promise<ImportReport> => {
  const report = await importBlueprint(sql, blueprint);
  const branchId = blueprint.branch as BranchId;
  const halls = await hallsAlone(sql);
  const outcome = await halls.run(branchId, {
    type: 'change-setup',
    revision: report.revision,
    commandId: commandIdOf('change-setup', branchId, report.revision),
    actor: { kind: 'system' },
  });
  // Refused: the ledger knows this revision or a later one.
  if (outcome.kind === 'unavailable' || outcome.kind === 'unknown') {
    throw new Error('the set-up was written, but the servers could not be told: import again');
  }
  return report;
};
