import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** Opens a counter for an agent: one agent a counter, one counter an agent (COUNTER-1, COUNTER-2). */
export const openCounter: Decider<'open-counter'> = (hall, setup, { counterId, agentId }) => {
  if (!setup.counters.has(counterId)) return refuse('COUNTER_UNKNOWN', { counterId });
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  const open = hall.counters.get(counterId);
  if (open) return refuse('COUNTER_ALREADY_OPEN', { counterId, agentId: open.agentId });
  for (const other of hall.counters.values()) {
    if (other.agentId === agentId) return refuse('AGENT_AT_OTHER_COUNTER', { counterId: other.id, agentId });
  }
  return accept(event('counter.opened', { counterId, agentId }));
};
