import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Decider, openCounterOf } from './decider.ts';

/** Closes a counter; a visitor who is called or served there is finished with first (COUNTER-5). */
export const closeCounter: Decider<'close-counter'> = (hall, setup, { counterId, actor }) => {
  const { counter, refused } = openCounterOf(hall, setup, counterId, actor);
  if (refused) return refused;
  if (counter.ticketId) return refuse('COUNTER_BUSY', { counterId, ticketId: counter.ticketId });
  return accept(event('counter.closed', { counterId }));
};
