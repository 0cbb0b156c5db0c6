import { refuse } from '../refusal.ts';
import { callToCounter } from './call-to-counter.ts';
import { type Decider, refusedByLife } from './decider.ts';

/** Calls exactly this ticket, out of turn (CALL-6). */
export const callTicket: Decider<'call-ticket'> = (hall, setup, command, now) =>
  callToCounter(hall, setup, command, () => {
    const { counterId, ticketId } = command;
    const ticket = hall.tickets.get(ticketId);
    if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
    const refused = refusedByLife(ticket, 'call');
    if (refused) return refused;
    if (!setup.counters.get(counterId)?.serves.has(ticket.serviceId)) {
      return refuse('SERVICE_NOT_SERVED_HERE', { counterId, serviceId: ticket.serviceId });
    }
    return { ticket, why: { rule: 'chosen', waitedMs: Math.max(0, now - ticket.queuedAt) } };
  });
