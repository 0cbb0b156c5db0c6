import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketForAction } from './decider.ts';

/** The visitor did not come to the counter (LIFE-5). */
export const miss: Decider<'miss'> = (hall, setup, { counterId, actor }) => {
  const { ticket, refused } = ticketForAction(hall, setup, counterId, actor, 'miss');
  return refused ?? accept(event('ticket.missed', { ...factsOf(ticket), counterId }));
};
