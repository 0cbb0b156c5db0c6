import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isKeptForAgent } from '../reservation.ts';
import { isOpen } from '../ticket.ts';
import { type Decider, factsOf } from './decider.ts';

/** Gives what is kept for an agent to another, or to whoever serves it; what was parked then waits again (MOVE-5). */
export const reassignTickets: Decider<'reassign-tickets'> = (hall, _setup, { agentId, toAgentId }) => {
  const kept = [...hall.tickets.values()]
    .filter(({ status, reservedFor }) => isOpen(status) && isKeptForAgent(reservedFor, agentId))
    .sort((a, b) => a.serial - b.serial);
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
