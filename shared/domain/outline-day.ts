import type { HallEvent } from './events.ts';
import { applyTo } from './evolve.ts';
import { emptyHall } from './hall.ts';
import { draftOf } from './hall-draft.ts';
import type { BranchId } from './ids.ts';

/** A business day at a glance (PAST-3). Instants are epoch ms. */
export interface DayOutline {
  /** Its first event. */
  readonly from: number;
  /** Its last event, those apart that came after the day was over. */
  readonly to: number;
  /** How many waited at `from`, and every `outlineStepMs` after it. */
  readonly waiting: readonly number[];
}

export const outlineStepMs = 5 * 60_000;

/**
 * Goes through a day, event by event.
 *
 * @param opened the version that opened it
 * @param endsAt when the business day is over for good, epoch ms: what stands in the ledger between two days is of none
 */
export const startOutline = (branchId: BranchId, opened: number, endsAt: number) => {
  const hall = draftOf(emptyHall(branchId, opened - 1));
  let from: number | null = null;
  let to = 0;
  const waiting: number[] = [];
  const note = (before: number, begun: number): void => {
    while (begun + waiting.length * outlineStepMs < before) waiting.push(hall.waiting.size);
  };
  return {
    /** @returns whether those that follow may still be of the day */
    take: (events: readonly HallEvent[]): boolean => {
      for (const event of events) {
        if (from !== null && event.at >= endsAt) return false;
        from ??= event.at;
        note(event.at, from);
        applyTo(hall, event);
        to = event.at;
      }
      return true;
    },
    end: (): DayOutline => {
      if (from === null) throw new Error(`the day of ${branchId} has no event`);
      note(to + 1, from);
      return { from, to, waiting };
    },
  };
};
