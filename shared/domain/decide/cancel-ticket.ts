import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Decider, factsOf, refusedByLife } from './decider.ts';

/** Ends an open ticket by the visitor's or the staff's wish, wherever it stands (LIFE-6). */
export const cancelTicket: Decider<'cancel-ticket'> = (hall, _setup, { ticketId, actor }) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  const refused = refusedByLife(ticket, 'cancel');
  if (refused) return refused;
  const reason = 'staffId' in actor ? 'staff' : 'visitor';
  return accept(event('ticket.cancelled', { ...factsOf(ticket), reason }));
};
