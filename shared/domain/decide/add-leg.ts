import { event } from '../events.ts';
import { legsAtMost } from '../legs.ts';
import { accept, refuse } from '../refusal.ts';
import { isOpen } from '../ticket.ts';
import { type Decider, factsOf, refusedAs, refusedElsewhere } from './decider.ts';

/** Adds a service that the visitor goes to after what is before it already (LEG-1). */
export const addLeg: Decider<'add-leg'> = (hall, setup, { ticketId, serviceId, actor }) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  if (!isOpen(ticket.status)) return refusedAs(ticket, 'add-leg');
  const refused = refusedElsewhere(hall, setup, ticket, actor);
  if (refused) return refused;
  if (!setup.services.has(serviceId)) return refuse('SERVICE_UNKNOWN', { serviceId });
  if (ticket.legs.length >= legsAtMost) return refuse('TOO_MANY_LEGS', { number: ticket.number, most: legsAtMost });
  return accept(event('ticket.leg-added', { ...factsOf(ticket), legServiceId: serviceId, status: ticket.status }));
};
