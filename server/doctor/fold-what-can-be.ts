import { eventFault } from '@antrean/shared/domain/event-fault.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { applyTo } from '@antrean/shared/domain/evolve.ts';
import type { HallDraft } from '@antrean/shared/domain/hall-draft.ts';

/**
 * Folds an event even into a ledger with a hole before it, and passes over one that makes no sense there: what is wrong
 * with the ledger is said elsewhere, and everything else can still be looked at.
 */
export const foldWhatCanBe = (draft: HallDraft, event: HallEvent): void => {
  draft.version = event.version - 1;
  try {
    if (eventFault(event) === null) applyTo(draft, event);
  } catch {
    // A ticket that was never issued.
  }
  draft.version = event.version;
};
