import { event } from '../events.ts';
import type { Hall } from '../hall.ts';
import type { StaffId } from '../ids.ts';
import { accept, refuse } from '../refusal.ts';
import { isOpen, type Ticket } from '../ticket.ts';
import { type Decider, factsOf } from './decider.ts';

/** Gives what is kept for an agent to another, or to whoever serves it; what was parked then waits again (MOVE-5). */
export const reassignTickets: Decider<'reassign-tickets'> = (hall, _setup, { agentId, toAgentId }) => {
  const kept = keptForAgents(hall).get(agentId) ?? [];
  if (kept.length === 0 || agentId === toAgentId) return refuse('NOTHING_TO_REASSIGN', { agentId });
  return accept(
    ...kept.map((ticket) =>
      toAgentId === null && ticket.status === 'parked'
        ? event('ticket.returned', { ...factsOf(ticket), counterId: null })
        : event('ticket.reassigned', {
            ...factsOf(ticket),
            reservedFor: toAgentId ? { agentId: toAgentId } : null,
            status: ticket.status,
          }),
    ),
  );
};

/** The open tickets that are kept for each agent, in the order of issue. */
export const keptForAgents = (hall: Hall): ReadonlyMap<StaffId, readonly Ticket[]> => {
  const kept = new Map<StaffId, Ticket[]>();
  for (const ticket of hall.tickets.values()) {
    const { status, reservedFor } = ticket;
    if (!isOpen(status) || reservedFor === null || !('agentId' in reservedFor)) continue;
    const others = kept.get(reservedFor.agentId);
    if (others) others.push(ticket);
    else kept.set(reservedFor.agentId, [ticket]);
  }
  for (const tickets of kept.values()) tickets.sort((a, b) => a.serial - b.serial);
  return kept;
};
