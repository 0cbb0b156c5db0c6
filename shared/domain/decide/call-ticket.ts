import { pickNext } from '../pick-next.ts';
import { refuse } from '../refusal.ts';
import { waitedMs } from '../ticket.ts';
import { callToCounter } from './call-to-counter.ts';
import { type Decider, refusedByLife } from './decider.ts';

/**
 * Calls exactly this ticket (CALL-6). Passing over whoever is next needs a reason (CALL-12), and an agent needs a hall
 * where agents may choose (CALL-13) and see whom from (BLIND-1).
 */
export const callTicket: Decider<'call-ticket'> = (hall, setup, command, now) =>
  callToCounter(hall, setup, command, now, () => {
    const { counterId, ticketId, reason, actor } = command;
    const { agentsMayChoose, hidesLine } = setup.rules;
    if (actor.kind === 'agent' && hidesLine) return refuse('LINE_IS_HIDDEN', { counterId });
    if (actor.kind === 'agent' && !agentsMayChoose) return refuse('CHOOSING_NOT_ALLOWED', { counterId });
    const ticket = hall.tickets.get(ticketId);
    if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
    const refused = refusedByLife(ticket, 'call');
    if (refused) return refused;
    if (!setup.counters.get(counterId)?.serves.has(ticket.serviceId)) {
      return refuse('SERVICE_NOT_SERVED_HERE', { counterId, serviceId: ticket.serviceId });
    }
    const isNext = pickNext(hall, setup, counterId, now)?.ticket.id === ticketId;
    if (!isNext && reason === undefined) return refuse('SKIP_NEEDS_REASON', { ticketId, number: ticket.number });
    return {
      ticket,
      why: { rule: 'chosen', waitedMs: waitedMs(ticket, now), ...(reason !== undefined && { reason }) },
    };
  });
