import { event, type NewEvent } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/**
 * Opens a counter for an agent: one agent a counter, one counter an agent (COUNTER-1, COUNTER-2). It is taken over where
 * it is open and whoever asks names the agent who has it; by now somebody else may, and is not put out unseen (COUNTER-6).
 * An agent who moves leaves the other counter in the same act, or stays there (COUNTER-9).
 */
export const openCounter: Decider<'open-counter'> = (hall, setup, { counterId, agentId, takeOverFrom, moveFrom }) => {
  if (!setup.counters.has(counterId)) return refuse('COUNTER_UNKNOWN', { counterId });
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  const open = hall.counters.get(counterId);
  if (open && (open.agentId !== takeOverFrom || open.agentId === agentId)) {
    return refuse('COUNTER_ALREADY_OPEN', { counterId, agentId: open.agentId });
  }
  let left: readonly NewEvent[] = [];
  for (const other of hall.counters.values()) {
    if (other.agentId !== agentId) continue;
    if (other.id !== moveFrom) return refuse('AGENT_AT_OTHER_COUNTER', { counterId: other.id, agentId });
    if (other.ticketId) return refuse('COUNTER_BUSY', { counterId: other.id, ticketId: other.ticketId });
    left = [event('counter.closed', { counterId: other.id })];
  }
  return accept(
    ...left,
    open
      ? event('counter.taken-over', { counterId, agentId, from: open.agentId })
      : event('counter.opened', { counterId, agentId }),
  );
};
