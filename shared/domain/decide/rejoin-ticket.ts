import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isInTime } from '../rejoin.ts';
import { type Decider, factsOf, ticketToMove } from './decider.ts';

/** A missed visitor is back: at the old place in time, else as the hall's rule says (MISS-2). */
export const rejoinTicket: Decider<'rejoin-ticket'> = (hall, setup, { ticketId, actor }, now) => {
  const { ticket, refused } = ticketToMove(hall, setup, ticketId, actor, 'rejoin');
  if (refused) return refused;
  const { number } = ticket;
  const { rejoin } = setup.rules;
  if (!rejoin) return refuse('REJOIN_NOT_ALLOWED', { ticketId, number });
  const isLate = !isInTime(hall, ticket, rejoin, now);
  if (isLate && rejoin.late === 'no-show') return refuse('REJOIN_TOO_LATE', { ticketId, number });
  return accept(event('ticket.rejoined', { ...factsOf(ticket), place: isLate ? 'end' : 'kept' }));
};
