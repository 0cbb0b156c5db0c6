import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Decider, openCounterOf } from './decider.ts';

/** Ends a break (COUNTER-3). */
export const resumeCounter: Decider<'resume-counter'> = (hall, setup, { counterId, actor }) => {
  const { counter, refused } = openCounterOf(hall, setup, counterId, actor);
  if (refused) return refused;
  if (counter.status !== 'paused') return refuse('COUNTER_NOT_PAUSED', { counterId });
  return accept(event('counter.resumed', { counterId }));
};
