import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { commandIdOf } from '../hall/derive-command-id.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { Halls } from '../hall/halls.ts';
import { hallsAlone } from './halls-alone.ts';
import { importBlueprint, type ImportOptions, type ImportReport } from './import-blueprint.ts';

/**
 * Imports a blueprint and tells the branch's ledger, so that every node works with it from then on (SETUP-1). When the
 * second step fails, importing again repeats it. Throws `SetupChanged`, and what Postgres throws.
 *
 * @param halls those of this process; absent: it serves nobody
 */
export const applyBlueprint = async (
  sql: Sql,
  blueprint: Blueprint,
  { halls, ...options }: ImportOptions & { halls?: Pick<Halls, 'run'> } = {},
): Promise<ImportReport> => {
  const report = await importBlueprint(sql, blueprint, options);
  const branchId = blueprint.branch as BranchId;
  const outcome = await (halls ?? (await hallsAlone(sql))).run(branchId, {
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
