import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { eventsPerRead, readEvents } from '../ledger/read-events.ts';
import { foldWhatCanBe } from './fold-what-can-be.ts';

/**
 * The state of a branch at a later version, by the ledger alone and nobody's memory: what is committed never changes,
 * so that every copy can be held against the very version it claims, however busy the hall is.
 *
 * @param from where to begin: an empty hall, or one that was folded before
 * @param upTo the version to stop at; without it the newest
 */
export const foldOn = async (sql: Sql, from: Hall, upTo = Infinity): Promise<Hall> => {
  const draft = draftOf(from);
  for (;;) {
    const events = await readEvents(sql, from.branchId, draft.version);
    for (const event of events) {
      if (event.version > upTo) return draft;
      foldWhatCanBe(draft, event);
    }
    if (events.length < eventsPerRead) return draft;
  }
};
