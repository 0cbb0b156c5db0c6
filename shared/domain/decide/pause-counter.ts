import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Decider, openCounterOf } from './decider.ts';

/** A break with its reason; the counter calls nobody until it is resumed (COUNTER-3). Not with a visitor at the desk. */
export const pauseCounter: Decider<'pause-counter'> = (hall, setup, { counterId, reason, actor }) => {
  const { counter, refused } = openCounterOf(hall, setup, counterId, actor);
  if (refused) return refused;
  if (counter.status === 'paused') return refuse('COUNTER_PAUSED', { counterId });
  if (counter.ticketId) return refuse('COUNTER_BUSY', { counterId, ticketId: counter.ticketId });
  return accept(event('counter.paused', { counterId, reason }));
};
