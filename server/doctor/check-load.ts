import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { applyTo } from '@antrean/shared/domain/evolve.ts';
import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import { emptyHall, type Hall, plainOf } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Head } from '../ledger/read-head.ts';

/** A check of what servers load, event by event. */
export interface LoadCheck {
  readonly take: (event: HallEvent) => void;
  /** @returns everything found, held against the state that the whole ledger gives */
  readonly end: (whole: Hall) => readonly Violation[];
}

/** A server that starts now, which folds from where the head says the day began, holds what the whole ledger gives (I7). */
export const startLoadCheck = (branchId: BranchId, head: Head | undefined): LoadCheck => {
  const draft = draftOf(emptyHall(branchId, Math.max(0, (head?.dayVersion ?? 0) - 1)));
  const startsAfter = draft.version;
  let failure: string | null = null;
  return {
    take: (event) => {
      if (event.version <= startsAfter || failure !== null) return;
      try {
        applyTo(draft, event);
      } catch (error) {
        failure = (error as Error).message;
      }
    },
    end: (whole) => {
      const say = (message: string): Violation[] => [{ invariant: 'I7', message: `${branchId}: ${message}` }];
      if (failure !== null) return say(`a server that starts now cannot load this hall: ${failure}`);
      if (JSON.stringify(plainOf(draft)) === JSON.stringify(plainOf(whole))) return [];
      return say(
        `a server that starts now would hold another state than the whole ledger gives: the head says that the day ` +
          `began at version ${head?.dayVersion ?? 0}`,
      );
    },
  };
};
