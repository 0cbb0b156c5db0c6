import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isOpen } from '../ticket.ts';
import { type Decider, factsOf, refusedAs } from './decider.ts';

/** A word to whoever serves the ticket next; `null` takes it away (NOTE-1). */
export const noteTicket: Decider<'note-ticket'> = (hall, _setup, { ticketId, note }) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  if (!isOpen(ticket.status)) return refusedAs(ticket, 'note');
  return accept(event('ticket.noted', { ...factsOf(ticket), note, status: ticket.status }));
};
