import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isInTime } from '../rejoin.ts';
import { type Decider, factsOf, refusedByLife } from './decider.ts';

/** A missed visitor is back: at the old place in time, else as the hall's rule says (MISS-2). */
export const rejoinTicket: Decider<'rejoin-ticket'> = (hall, { rules }, { ticketId }, now) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  const refused = refusedByLife(ticket, 'rejoin');
  if (refused) return refused;
  const { number } = ticket;
  if (!rules.rejoin) return refuse('REJOIN_NOT_ALLOWED', { ticketId, number });
  const isLate = !isInTime(hall, ticket, rules.rejoin, now);
  if (isLate && rules.rejoin.late === 'no-show') return refuse('REJOIN_TOO_LATE', { ticketId, number });
  return accept(event('ticket.rejoined', { ...factsOf(ticket), place: isLate ? 'end' : 'kept' }));
};
