import { comesBefore, type Hall } from './hall.ts';
import type { CounterId } from './ids.ts';
import type { BranchSetup } from './setup.ts';
import type { Reservation, Ticket } from './ticket.ts';

/** Why this ticket and not another, as data for agent, manager and visitor. Times in ms. */
export interface CallReason {
  /**
   * `longest-wait`: nobody it could have been has waited longer · `head-start`: its priority class put it before
   * somebody who has waited longer · `call-by`: it waited past the hall's limit · `chosen`: somebody picked it by hand.
   */
  readonly rule: 'longest-wait' | 'head-start' | 'call-by' | 'chosen';
  readonly waitedMs: number;
  readonly headStartMs?: number;
}

/**
 * Who is next at a counter: of the heads of its lines the one with the longest wait, head start included (CALL-2,
 * CALL-3); whoever waited past the call-by limit goes before everybody (CALL-4).
 */
export const pickNext = (
  hall: Hall,
  setup: BranchSetup,
  counterId: CounterId,
  now: number,
): { ticket: Ticket; why: CallReason } | null => {
  const serves = setup.counters.get(counterId)?.serves;
  if (!serves) return null;
  let best: Candidate | null = null;
  let longest: Ticket | null = null;
  for (const { serviceId, priority, reservedFor, head } of hall.lines.values()) {
    if (!serves.has(serviceId) || !mayTake(hall, counterId, reservedFor)) continue;
    const headStartMs = priority === null ? 0 : (setup.priorities.get(priority)?.headStartMs ?? 0);
    const candidate = rank(head, headStartMs, setup.rules.callByMs, now);
    if (!best || goesBefore(candidate, best)) best = candidate;
    if (!longest || comesBefore(head, longest)) longest = head;
  }
  if (!best) return null;
  const { ticket, isOverdue, headStartMs } = best;
  const waitedMs = Math.max(0, now - ticket.queuedAt);
  if (isOverdue) return { ticket, why: { rule: 'call-by', waitedMs } };
  if (longest && longest.id !== ticket.id) return { ticket, why: { rule: 'head-start', waitedMs, headStartMs } };
  return { ticket, why: { rule: 'longest-wait', waitedMs } };
};

/** What is kept for somebody is left to them while they are here, and to whoever serves it when they are not (MOVE-3). */
const mayTake = (hall: Hall, counterId: CounterId, reservedFor: Reservation | null): boolean => {
  if (reservedFor === null) return true;
  if ('counterId' in reservedFor) {
    return reservedFor.counterId === counterId || !hall.counters.has(reservedFor.counterId);
  }
  const { agentId } = reservedFor;
  if (hall.counters.get(counterId)?.agentId === agentId) return true;
  for (const counter of hall.counters.values()) if (counter.agentId === agentId) return false;
  return true;
};

interface Candidate {
  readonly ticket: Ticket;
  readonly headStartMs: number;
  readonly isOverdue: boolean;
  /** The instant it counts as having come. */
  readonly countsFrom: number;
}

const rank = (ticket: Ticket, headStartMs: number, callByMs: number | undefined, now: number): Candidate => {
  const isOverdue = callByMs !== undefined && now - ticket.queuedAt > callByMs;
  return { ticket, headStartMs, isOverdue, countsFrom: isOverdue ? ticket.queuedAt : ticket.queuedAt - headStartMs };
};

const goesBefore = (a: Candidate, b: Candidate): boolean => {
  if (a.isOverdue !== b.isOverdue) return a.isOverdue;
  if (a.countsFrom !== b.countsFrom) return a.countsFrom < b.countsFrom;
  return a.ticket.serial < b.ticket.serial;
};
