import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketToMove } from './decider.ts';

/** Gives a missed visitor up: a no-show (MISS-4). */
export const endMissed: Decider<'end-missed'> = (hall, setup, { ticketId, actor }) => {
  const { ticket, refused } = ticketToMove(hall, setup, ticketId, actor, 'no-show');
  return refused ?? accept(event('ticket.no-showed', factsOf(ticket)));
};
