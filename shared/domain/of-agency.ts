import type { Hall } from './hall.ts';
import type { AgencyId, CounterId, ServiceId, TicketId } from './ids.ts';
import type { BranchSetup } from './setup.ts';

/** Whether a service is an agency's; one that nobody offers any more is nobody's. */
export const isServiceOf = ({ services }: BranchSetup, serviceId: ServiceId, agencyId: AgencyId): boolean =>
  services.get(serviceId)?.agencyId === agencyId;

/** Whether all that a counter serves is an agency's: at a shared one somebody of one agency would call the others' visitors. */
export const isCounterOf = (setup: BranchSetup, counterId: CounterId, agencyId: AgencyId): boolean => {
  const counter = setup.counters.get(counterId);
  return counter !== undefined && [...counter.serves].every((serviceId) => isServiceOf(setup, serviceId, agencyId));
};

/** Whether the leg a ticket is on is an agency's. */
export const isTicketOf = (hall: Hall, setup: BranchSetup, ticketId: TicketId, agencyId: AgencyId): boolean => {
  const ticket = hall.tickets.get(ticketId);
  return ticket !== undefined && isServiceOf(setup, ticket.serviceId, agencyId);
};
