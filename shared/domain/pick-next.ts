import type { CallReason } from './call-reason.ts';
import { comesBefore, type Hall, type Line } from './hall.ts';
import type { CounterId } from './ids.ts';
import { keeperOf } from './reservation.ts';
import type { BranchSetup, Counter, Ratio } from './setup.ts';
import { hourOf, type Reservation, type Ticket, waitedMs } from './ticket.ts';

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
  const { normal, priority, longest } = leadersOf(hall, setup, now, ({ serviceId, reservedFor }) =>
    serves.has(serviceId) && mayTake(hall, id, reservedFor) ? (laterMs?.get(serviceId) ?? 0) : null,
  );
  const first = firstOf(normal, priority);
  if (!first || !longest) return null;
  const { ratio } = setup.rules;
  if (first.isOverdue) return chosenBy('call-by', first, now);
  if (ratio && normal && priority) {
    const turn = isPriorityTurn(ratio, hall.ratioCalls.get(id) ?? 0) ? priority : normal;
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
  const { normal, priority } = leadersOf(hall, setup, now, ({ serviceId, reservedFor, queuedAt }) => {
    const afterMs = helpsAfterMs.get(serviceId);
    return afterMs !== undefined && reservedFor === null && now - queuedAt >= afterMs ? 0 : null;
  });
  const first = firstOf(normal, priority);
  return first && chosenBy('overflow', first, now, { afterMs: helpsAfterMs.get(first.ticket.serviceId) ?? 0 });
};

const chosenBy = (
  rule: CallReason['rule'],
  { ticket }: Candidate,
  now: number,
  data: Omit<CallReason, 'rule' | 'waitedMs'> = {},
): Choice => {
  const bookedFor = hourOf(ticket);
  const why = { rule, waitedMs: waitedMs(ticket, now), ...data };
  return { ticket, why: bookedFor === undefined ? why : { ...why, bookedFor } };
};

/** The head of a line, as it stands at a counter. */
interface Candidate {
  readonly ticket: Ticket;
  readonly headStartMs: number;
  readonly laterMs: number;
  readonly isOverdue: boolean;
  /** The instant it counts as having come; that of an appointment is its hour (APPT-2). */
  readonly countsFrom: number;
}

interface Leaders {
  /** The first without and with a priority class. */
  normal: Candidate | null;
  priority: Candidate | null;
  /** Whoever stands first without head starts and skill. */
  longest: Candidate | null;
}

/** @param laterMsOf how much later a head counts at the counter, `null` where it cannot be called there */
const leadersOf = (hall: Hall, setup: BranchSetup, now: number, laterMsOf: (line: Line) => number | null): Leaders => {
  const { callByMs = Infinity } = setup.rules;
  const leaders: Leaders = { normal: null, priority: null, longest: null };
  // Not `for … of values()`, whose iterator takes 24 µs over a thousand lines, where this takes 9 µs.
  hall.lines.forEachPair((_, line) => {
    const laterMs = laterMsOf(line);
    if (laterMs === null) return;
    const { queuedAt, serial, priority: of } = line;
    const headStartMs = of === null ? 0 : (setup.priorities.get(of)?.headStartMs ?? 0);
    const isOverdue = now - queuedAt > callByMs;
    const countsFrom = isOverdue ? queuedAt : queuedAt - headStartMs + laterMs;
    const kind = of === null ? 'normal' : 'priority';
    const isFirst = standsBefore(isOverdue, countsFrom, serial, leaders[kind]);
    const isLongest = !leaders.longest || comesBefore(line, leaders.longest.ticket);
    // Of a thousand heads a few lead: an object for each of them would take longer than all the rest.
    if (!isFirst && !isLongest) return;
    const candidate: Candidate = { ticket: line.head, headStartMs, laterMs, isOverdue, countsFrom };
    if (isFirst) leaders[kind] = candidate;
    if (isLongest) leaders.longest = candidate;
  });
  return leaders;
};

const firstOf = (a: Candidate | null, b: Candidate | null): Candidate | null =>
  a && b ? (goesBefore(b, a) ? b : a) : (a ?? b);

/** What is kept for somebody is left to them while they are here, and to whoever serves it when they are not (MOVE-3). */
const mayTake = (hall: Hall, counterId: CounterId, reservedFor: Reservation | null): boolean =>
  reservedFor === null || (keeperOf(hall, reservedFor)?.id ?? counterId) === counterId;

const goesBefore = (a: Candidate, b: Candidate): boolean => standsBefore(a.isOverdue, a.countsFrom, a.ticket.serial, b);

const standsBefore = (isOverdue: boolean, countsFrom: number, serial: number, other: Candidate | null): boolean => {
  if (!other) return true;
  if (isOverdue !== other.isOverdue) return isOverdue;
  if (countsFrom !== other.countsFrom) return countsFrom < other.countsFrom;
  return serial < other.ticket.serial;
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
