import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Decider, factsOf, refusedByLife } from './decider.ts';

/** Gives a missed visitor up: a no-show (MISS-4). */
export const endMissed: Decider<'end-missed'> = (hall, _setup, { ticketId }) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  return refusedByLife(ticket, 'no-show') ?? accept(event('ticket.no-showed', factsOf(ticket)));
};
