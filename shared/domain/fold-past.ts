import type { HallEvent } from './events.ts';
import { applyTo } from './evolve.ts';
import { emptyHall, type Hall } from './hall.ts';
import { draftOf } from './hall-draft.ts';
import type { BranchId } from './ids.ts';

/** A hall as it stood: folded from its day's first event on, as far as an instant and no further (PAST-1). */
export interface PastFold {
  /** The hall after all that was taken. */
  readonly hall: Hall;
  /** When the first event was, epoch ms; `null` before it was taken. */
  readonly beganAt: number | null;
  /** Takes events in order. @returns whether those that follow may still be of use: none of these was too late */
  readonly take: (events: readonly HallEvent[]) => boolean;
}

/**
 * @param opened the version that opened the day, as a node begins with when it starts
 * @param until the instant, epoch ms: what happened in this very millisecond has happened
 */
export const startPastFold = (branchId: BranchId, opened: number, until: number): PastFold => {
  const hall = draftOf(emptyHall(branchId, opened - 1));
  let beganAt: number | null = null;
  return {
    hall,
    get beganAt() {
      return beganAt;
    },
    take: (events) => {
      for (const event of events) {
        beganAt ??= event.at;
        if (event.at > until) return false;
        applyTo(hall, event);
      }
      return true;
    },
  };
};
