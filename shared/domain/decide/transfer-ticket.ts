import { event } from '../events.ts';
import type { Hall } from '../hall.ts';
import type { ServiceId } from '../ids.ts';
import { accept, type Decision, refuse } from '../refusal.ts';
import { keeperOf } from '../reservation.ts';
import type { BranchSetup } from '../setup.ts';
import type { Reservation, Ticket } from '../ticket.ts';
import { type Decider, factsOf, ticketToMove } from './decider.ts';

/**
 * Sends a ticket to another service, counter or agent; number and waiting credit stay (MOVE-2, MOVE-3). From a counter it
 * may come back to the agent there (MOVE-4).
 */
export const transferTicket: Decider<'transfer-ticket'> = (hall, setup, command) => {
  const { ticketId, reservedFor, note, comesBack, actor } = command;
  const { ticket, refused } = ticketToMove(hall, setup, ticketId, actor, 'transfer');
  if (refused) return refused;
  const toServiceId = command.serviceId ?? ticket.serviceId;
  const wrongTarget = refusedTarget(hall, setup, toServiceId, reservedFor);
  if (wrongTarget) return wrongTarget;
  const { counterId } = ticket;
  const agentId = comesBack && counterId ? (hall.counters.get(counterId)?.agentId ?? null) : null;
  if (changesNothing(ticket, toServiceId, reservedFor)) {
    return refuse('TRANSFER_CHANGES_NOTHING', { ticketId, number: ticket.number, serviceId: toServiceId });
  }
  return accept(
    event('ticket.transferred', { ...factsOf(ticket), counterId, toServiceId, reservedFor, note, backTo: agentId }),
  );
};

/** Whether the service is there, and whoever it is kept for can serve it. */
const refusedTarget = (
  hall: Hall,
  setup: BranchSetup,
  serviceId: ServiceId,
  reservedFor: Reservation | null,
): Decision | null => {
  if (!setup.services.has(serviceId)) return refuse('SERVICE_UNKNOWN', { serviceId });
  if (!reservedFor) return null;
  // A counter may be closed now; an agent must be at one.
  const counterId = 'counterId' in reservedFor ? reservedFor.counterId : keeperOf(hall, reservedFor)?.id;
  if (!counterId) return refuse('AGENT_NOT_HERE', { agentId: 'agentId' in reservedFor ? reservedFor.agentId : '' });
  const counter = setup.counters.get(counterId);
  if (!counter) return refuse('COUNTER_UNKNOWN', { counterId });
  return counter.serves.has(serviceId) ? null : refuse('SERVICE_NOT_SERVED_HERE', { counterId, serviceId });
};

const changesNothing = (ticket: Ticket, serviceId: ServiceId, reservedFor: Reservation | null): boolean =>
  ticket.status === 'waiting' &&
  ticket.serviceId === serviceId &&
  JSON.stringify(ticket.reservedFor) === JSON.stringify(reservedFor);
