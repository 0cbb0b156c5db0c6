import { createHash } from 'node:crypto';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { BranchUnknown, Halls } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { databaseClock } from '../ledger/database-clock.ts';
import { importBlueprint, type ImportReport } from './import-blueprint.ts';
import { readSetup } from './read-setup.ts';

/**
 * Imports a blueprint and tells the branch's ledger, so that every node works with it from then on (SETUP-1). When the
 * second step fails, importing again repeats it. Throws what Postgres throws.
 */
export const applyBlueprint = async (sql: Sql, blueprint: Blueprint): Promise<ImportReport> => {
  const report = await importBlueprint(sql, blueprint);
  const branchId = blueprint.branch as BranchId;
  const clock = databaseClock(sql);
  await clock.measure();
  const halls = new Halls({
    sql,
    clock,
    readSetup: async (id) => {
      const read = await readSetup(sql, id);
      if (!read) throw new BranchUnknown(id);
      return read.setup;
    },
    follow: () => {},
    warn: () => {},
  });
  const outcome = await halls.run(branchId, {
    type: 'change-setup',
    revision: report.revision,
    commandId: commandIdOf(branchId, report.revision),
    actor: { kind: 'system' },
  });
  // Refused: the ledger knows this revision or a later one.
  if (outcome.kind === 'unavailable' || outcome.kind === 'unknown') {
    throw new Error('the set-up was written, but the servers could not be told: import again');
  }
  return report;
};

/** A UUID that follows from branch and revision: version 8, RFC 9562 §5.8. */
const commandIdOf = (branchId: BranchId, revision: number): CommandId => {
  const hex = createHash('sha256').update(`change-setup|${branchId}|${revision}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as CommandId;
};
