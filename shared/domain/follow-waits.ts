import type { HallEvent } from './events.ts';
import { applyTo } from './evolve.ts';
import { type LearntWaits, learnWait } from './expected-wait.ts';
import type { HallDraft } from './hall-draft.ts';
import { observationsOf } from './observe-waits.ts';
import type { BranchSetup } from './setup.ts';

/** A hall and what it has taught of its waits: both go on with each event. */
export interface WaitsFold {
  readonly hall: HallDraft;
  learnt: LearntWaits;
}

/** A wait as it was expected when its visitor joined the line, ms. */
export interface ToldWait {
  readonly p50Ms: number;
  readonly p90Ms: number;
}

/**
 * Takes in the next event: what it teaches, then what it does.
 *
 * @returns what whoever joined a line by it could be told then (WAIT-1); `null`: nobody joined, or nothing could be said
 */
export const followWaits = (fold: WaitsFold, event: HallEvent, setup: BranchSetup): ToldWait | null => {
  let told: ToldWait | null = null;
  for (const observation of observationsOf(event, fold.hall, setup)) {
    fold.learnt = learnWait(fold.learnt, observation);
    if (observation.kind === 'joined' && observation.situation.counters > 0) {
      told = fold.learnt.waiting.get(observation.ticket) ?? null;
    }
  }
  applyTo(fold.hall, event);
  return told;
};
