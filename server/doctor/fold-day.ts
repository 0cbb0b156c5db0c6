import { applyTo, draftOf } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { eventsPerRead, readEvents } from '../ledger/read-events.ts';
import { readHead } from '../ledger/read-head.ts';

/** The state of a branch as the ledger alone gives it, by nobody's memory. Throws on a ledger that cannot be folded. */
export const foldDay = async (sql: Sql, branchId: BranchId): Promise<{ hall: Hall; epoch: string }> => {
  const { epoch, dayVersion } = await readHead(sql, branchId);
  const draft = draftOf(emptyHall(branchId, Math.max(0, dayVersion - 1)));
  for (;;) {
    const events = await readEvents(sql, branchId, draft.version);
    for (const event of events) applyTo(draft, event);
    if (events.length < eventsPerRead) return { hall: draft, epoch };
  }
};
