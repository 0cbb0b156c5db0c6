import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isKeptForAgent } from '../reservation.ts';
import { type Decider, factsOf, openCounterOf, refusedByLife } from './decider.ts';

/** Goes on with a parked visit at the counter of the agent it is kept for (PARK-2). */
export const resumeTicket: Decider<'resume-ticket'> = (hall, setup, { counterId, ticketId, actor }) => {
  const { counter, refused } = openCounterOf(hall, setup, counterId, actor);
  if (refused) return refused;
  if (counter.status === 'paused') return refuse('COUNTER_PAUSED', { counterId });
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  const notAllowed = refusedByLife(ticket, 'resume');
  if (notAllowed) return notAllowed;
  if (counter.ticketId) return refuse('COUNTER_BUSY', { counterId, ticketId: counter.ticketId });
  const { reservedFor, number } = ticket;
  if (!isKeptForAgent(reservedFor, counter.agentId)) {
    return refuse('TICKET_KEPT_FOR_ANOTHER', { ticketId, number });
  }
  return accept(event('ticket.resumed', { ...factsOf(ticket), counterId }));
};
