import type { CounterState, Hall } from './hall.ts';
import type { StaffId } from './ids.ts';
import type { Reservation } from './ticket.ts';

/** Whether a ticket that is kept for somebody is kept for this counter or its agent. */
export const isKeptFor = (reservedFor: Reservation, { id, agentId }: Pick<CounterState, 'id' | 'agentId'>): boolean =>
  'counterId' in reservedFor ? reservedFor.counterId === id : reservedFor.agentId === agentId;

export const isKeptForAgent = (reservedFor: Reservation | null, agentId: StaffId): boolean =>
  reservedFor !== null && 'agentId' in reservedFor && reservedFor.agentId === agentId;

/** The open counter of whom it is kept for; absent when that counter is closed, or the agent is at none. */
export const keeperOf = (hall: Hall, reservedFor: Reservation): CounterState | undefined => {
  if ('counterId' in reservedFor) return hall.counters.get(reservedFor.counterId);
  for (const counter of hall.counters.values()) if (counter.agentId === reservedFor.agentId) return counter;
  return undefined;
};
