import type { CallReason } from './call-reason.ts';
import { comesBefore, type Hall } from './hall.ts';
import type { CounterId, ServiceId } from './ids.ts';
import type { BranchSetup, Counter, Ratio } from './setup.ts';
import type { Reservation, Ticket } from './ticket.ts';

/** A ticket and why it is this one. */
export interface Choice {
  readonly ticket: Ticket;
  readonly why: CallReason;
}

/**
 * Who is next at a counter: of the heads of its lines the one with the longest wait, with the head start of its class
 * (CALL-2, CALL-3) and the skill of the counter (CALL-8); where the hall keeps a ratio, of the kind whose turn it is
 * (CALL-9). Whoever waited past the call-by limit goes before everybody (CALL-4). A counter nobody waits for may help
 * others (CALL-10).
 */
export const pickNext = (hall: Hall, setup: BranchSetup, counterId: CounterId, now: number): Choice | null => {
  const counter = setup.counters.get(counterId);
  if (!counter) return null;
  return pickOwn(hall, setup, counter, now) ?? pickToHelp(hall, setup, counter, now);
};

const pickOwn = (hall: Hall, setup: BranchSetup, { id, serves, laterMs }: Counter, now: number): Choice | null => {
  const { first, ofKind, longest } = leadersOf(hall, setup, now, (serviceId, _, reservedFor) =>
    serves.has(serviceId) && mayTake(hall, id, reservedFor) ? (laterMs?.get(serviceId) ?? 0) : null,
  );
  if (!first || !longest) return null;
  const { ratio } = setup.rules;
  if (first.isOverdue) return chosenBy('call-by', first, now);
  if (ratio && ofKind.normal && ofKind.priority) {
    const turn = isPriorityTurn(ratio, hall.ratioCalls.get(id) ?? 0) ? ofKind.priority : ofKind.normal;
    return chosenBy('ratio', turn, now, { ratio });
  }
  if (first === longest) return chosenBy('longest-wait', first, now);
  const skill = longest.laterMs > first.laterMs && { laterMs: longest.laterMs };
  const isBySkillAlone = goesBefore(withoutHeadStart(first), withoutHeadStart(longest));
  if (skill && isBySkillAlone) return chosenBy('skill', first, now, skill);
  return chosenBy('head-start', first, now, { headStartMs: first.headStartMs, ...skill });
};

const pickToHelp = (hall: Hall, setup: BranchSetup, { helpsAfterMs }: Counter, now: number): Choice | null => {
  if (!helpsAfterMs) return null;
  const { first } = leadersOf(hall, setup, now, (serviceId, head, reservedFor) => {
    const afterMs = helpsAfterMs.get(serviceId);
    return afterMs !== undefined && now - head.queuedAt >= afterMs && reservedFor === null ? 0 : null;
  });
  return first && chosenBy('overflow', first, now, { afterMs: helpsAfterMs.get(first.ticket.serviceId) ?? 0 });
};

const chosenBy = (
  rule: CallReason['rule'],
  { ticket }: Candidate,
  now: number,
  data: Omit<CallReason, 'rule' | 'waitedMs'> = {},
): Choice => ({ ticket, why: { rule, waitedMs: Math.max(0, now - ticket.queuedAt), ...data } });

/** The head of a line, as it stands at a counter. */
interface Candidate {
  readonly ticket: Ticket;
  readonly headStartMs: number;
  readonly laterMs: number;
  readonly isOverdue: boolean;
  /** The instant it counts as having come. */
  readonly countsFrom: number;
}

interface Leaders {
  first: Candidate | null;
  /** The first of the tickets with a priority class and of those without. */
  readonly ofKind: { normal: Candidate | null; priority: Candidate | null };
  /** Whoever has really waited longest. */
  longest: Candidate | null;
}

/** @param laterMsOf how much later a head counts at the counter, `null` where it cannot be called there */
const leadersOf = (
  hall: Hall,
  setup: BranchSetup,
  now: number,
  laterMsOf: (serviceId: ServiceId, head: Ticket, reservedFor: Reservation | null) => number | null,
): Leaders => {
  const { callByMs } = setup.rules;
  const leaders: Leaders = { first: null, ofKind: { normal: null, priority: null }, longest: null };
  for (const { serviceId, priority, reservedFor, head } of hall.lines.values()) {
    const laterMs = laterMsOf(serviceId, head, reservedFor);
    if (laterMs === null) continue;
    const headStartMs = priority === null ? 0 : (setup.priorities.get(priority)?.headStartMs ?? 0);
    const isOverdue = callByMs !== undefined && now - head.queuedAt > callByMs;
    const countsFrom = isOverdue ? head.queuedAt : head.queuedAt - headStartMs + laterMs;
    const candidate = { ticket: head, headStartMs, laterMs, isOverdue, countsFrom };
    const kind = priority === null ? 'normal' : 'priority';
    if (!leaders.first || goesBefore(candidate, leaders.first)) leaders.first = candidate;
    if (!leaders.ofKind[kind] || goesBefore(candidate, leaders.ofKind[kind])) leaders.ofKind[kind] = candidate;
    if (!leaders.longest || comesBefore(head, leaders.longest.ticket)) leaders.longest = candidate;
  }
  return leaders;
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

const goesBefore = (a: Candidate, b: Candidate): boolean => {
  if (a.isOverdue !== b.isOverdue) return a.isOverdue;
  if (a.countsFrom !== b.countsFrom) return a.countsFrom < b.countsFrom;
  return a.ticket.serial < b.ticket.serial;
};

const withoutHeadStart = (candidate: Candidate): Candidate => ({
  ...candidate,
  countsFrom: candidate.countsFrom + candidate.headStartMs,
});

/**
 * Whose turn it is after so many calls by ratio at the counter: `priority` of every `normal + priority` turns in a row,
 * spread as evenly as can be, beginning with priority. Every window has as many, since the pattern repeats itself.
 */
const isPriorityTurn = ({ normal, priority }: Ratio, calls: number): boolean =>
  (calls * priority) % (normal + priority) < priority;
