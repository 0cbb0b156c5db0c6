import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isOpen } from '../ticket.ts';
import { type Decider, factsOf, refusedAs, refusedElsewhere } from './decider.ts';

/**
 * Gives a visitor another class, or none: they stand in its line at the place they have in the order of waiting (CLASS-1). An
 * agent could call whom they like by it, so only where agents may choose, or of the visitor at their own counter (CLASS-2).
 */
export const changePriority: Decider<'change-priority'> = (hall, setup, { ticketId, priority, actor }) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  if (!isOpen(ticket.status)) return refusedAs(ticket, 'reclass');
  const refused = refusedElsewhere(hall, setup, ticket, actor);
  if (refused) return refused;
  if (actor.kind === 'agent' && ticket.counterId === null && !setup.rules.agentsMayChoose) {
    return refuse('CHOOSING_NOT_ALLOWED', { ticketId });
  }
  if (priority !== null && !setup.priorities.has(priority)) return refuse('PRIORITY_UNKNOWN', { priority });
  if (ticket.priority === priority) return refuse('PRIORITY_CHANGES_NOTHING', { number: ticket.number });
  return accept(event('ticket.reclassed', { ...factsOf(ticket), priority, status: ticket.status }));
};
