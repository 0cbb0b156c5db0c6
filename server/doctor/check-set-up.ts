import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { strandedBy } from '@antrean/shared/domain/stranded-by.ts';
import type { KnownSetup } from '../hall/branch.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { readSetup } from '../setup/read-setup.ts';

/** The set-up, or `null` where there is none that a server could work with. Throws what Postgres throws. */
export const findSetup = async (sql: Sql, branchId: BranchId): Promise<KnownSetup | null> => {
  try {
    return await readSetup(sql, branchId);
  } catch (error) {
    // Tables that no import can have written: without any service, or without a counter.
    if (error instanceof TypeError) return null;
    throw error;
  }
};

/**
 * Everybody who waits can be called and everybody who is at a counter can call, as far as the set-up goes; and servers
 * were told of the set-up that the tables have. Both must be of one version.
 */
export const checkSetUp = (hall: Hall, known: KnownSetup | null): Violation[] => {
  const found: Violation[] = [];
  const say = (message: string): void =>
    void found.push({ invariant: 'set-up', message: `${hall.branchId}: ${message}` });
  if (!known) {
    say('the tables have no set-up of this hall that a server could work with');
    return found;
  }
  const { setup, revision } = known;
  if (hall.setupRevision > revision) {
    say(`the ledger knows revision ${hall.setupRevision} of the set-up, the tables hold ${revision}`);
  }
  // A branch at its first revision came into being with it: no server can know an older one.
  if (hall.setupRevision < revision && revision > 1) {
    say(
      `the tables hold revision ${revision} of the set-up, but servers were told of ${hall.setupRevision} at the most`,
    );
  }
  strandedBy(hall, setup).forEach(say);
  return found;
};
