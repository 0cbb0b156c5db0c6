import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Decider, factsOf, refusedByLife, refusedElsewhere } from './decider.ts';

/** Puts a ticket back into its line at the place it had (HOLD-2, MOVE-1). */
export const returnTicket: Decider<'return-ticket'> = (hall, setup, { ticketId, actor }) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  const refused = refusedByLife(ticket, 'return') ?? refusedElsewhere(hall, setup, ticket, actor);
  if (refused) return refused;
  return accept(event('ticket.returned', { ...factsOf(ticket), counterId: ticket.counterId }));
};
