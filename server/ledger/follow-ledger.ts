import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Sql } from './connect-postgres.ts';
import { readVersions } from './read-head.ts';

/** A branch this node holds, to be told where the ledger stands. */
export interface LedgerReader {
  readonly id: BranchId;
  readonly hear: (version: number) => void;
}

/**
 * Asks the ledger every second where the node's branches stand: whatever the feed missed, or all of it while Redis is
 * away, is then caught up with.
 *
 * @returns stops asking
 */
export const followLedger = (sql: Sql, readers: () => readonly LedgerReader[], everyMs = 1_000): (() => void) => {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    const current = readers();
    if (isAsking || current.length === 0) return;
    isAsking = true;
    try {
      const versions = await readVersions(
        sql,
        current.map(({ id }) => id),
      );
      for (const reader of current) reader.hear(versions.get(reader.id) ?? 0);
    } catch {
      // Postgres is away: commands are refused meanwhile, and the next round asks again.
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => void ask(), everyMs);
  return () => clearInterval(timer);
};
