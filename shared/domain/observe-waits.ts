import type { HallEvent } from './events.ts';
import type { Situation, WaitObservation } from './expected-wait.ts';
import { type CounterState, type Hall, type Line, linePrefix, longestSince } from './hall.ts';
import type { CounterId, PriorityId, ServiceId, TicketId } from './ids.ts';
import { isKeptFor } from './reservation.ts';
import type { BranchSetup } from './setup.ts';
import { countsFrom, isAtCounter, type Ticket } from './ticket.ts';

/** What waits can be learnt from an event (`learnWait`). `hallBefore` is the state just before it. */
export const observationsOf = (event: HallEvent, hallBefore: Hall, setup: BranchSetup): WaitObservation[] => {
  const { at } = event;
  switch (event.type) {
    case 'day.opened':
      // A day that is opened again goes on with what it has (DAY-3).
      return hallBefore.day?.date === event.data.date ? [] : [{ kind: 'day-began' }];
    case 'ticket.issued': {
      const { ticketId, serviceId, priority } = event.data;
      const queuedAt = countsFrom(event.data, at);
      // Whoever comes before their hour waits for others who come before it, too (WAIT-4).
      if (queuedAt > at) return [];
      const situation = situationOf(hallBefore, setup, { serviceId, priority, queuedAt }, at);
      return [{ kind: 'joined', ticket: ticketId, at, situation }];
    }
    case 'ticket.called':
      return [{ kind: 'called', ticket: event.data.ticketId, at }];
    case 'ticket.finished':
    case 'ticket.missed':
    case 'ticket.parked':
      return counterFreed(hallBefore, event.data.ticketId, at);
    case 'ticket.went-on': {
      const { ticketId, toServiceId } = event.data;
      const priority = hallBefore.tickets.get(ticketId)?.priority ?? null;
      const situation = situationOf(hallBefore, setup, { serviceId: toServiceId, priority, queuedAt: at }, at);
      return [...counterFreed(hallBefore, ticketId, at), { kind: 'joined', ticket: ticketId, at, situation }];
    }
    // At the place that another class has; whoever is at a counter stays there.
    case 'ticket.reclassed':
      return [{ kind: 'left', ticket: event.data.ticketId }];
    // Whoever is set aside, sent on with credit or taken back waits no more as was told when they joined.
    case 'ticket.held':
    case 'ticket.returned':
    case 'ticket.transferred':
    case 'ticket.undone':
    case 'ticket.cancelled': {
      const { ticketId } = event.data;
      return [{ kind: 'left', ticket: ticketId }, ...counterFreed(hallBefore, ticketId, at)];
    }
    default:
      return [];
  }
};

/** What is asked about: a waiting ticket, or a newcomer, who has no serial yet and comes after everybody. */
export interface WaitAsked {
  readonly serviceId: ServiceId;
  readonly priority: PriorityId | null;
  readonly queuedAt: number;
  readonly serial?: number;
}

/**
 * How things stand for somebody in a hall at `now`: what `estimateWait` says is how long it will be from then.
 *
 * @param atWork given where several are asked about in the same hall
 */
export const situationOf = (
  hall: Hall,
  setup: BranchSetup,
  asked: WaitAsked,
  now: number,
  atWork: CountersAtWork = countersAtWork(hall, setup),
): Situation => {
  const theirs = atWork(asked.serviceId);
  const ahead: { service: string; people: number }[] = [];
  let longestWaitMs = 0;
  hall.lines.forEachPair((_, line) => {
    const { reservedFor } = line;
    const serving = atWork(line.serviceId);
    const others = reservedFor === null ? serving : serving.filter((counter) => isKeptFor(reservedFor, counter));
    let shared = 0;
    for (const counter of others) shared += Number(theirs.includes(counter));
    if (shared === 0) return;
    longestWaitMs = Math.max(longestWaitMs, now - longestSince(hall, line));
    const people = countAhead(hall, setup, line, asked) * (shared / others.length);
    if (people > 0) ahead.push({ service: line.serviceId, people });
  });
  return {
    service: asked.serviceId,
    priority: asked.priority ?? '',
    ahead,
    serving: theirs.flatMap(({ ticketId }) => serviceOf(ticketId && hall.tickets.get(ticketId))),
    counters: theirs.length,
    idle: theirs.filter(({ ticketId, status }) => ticketId === null && status === 'open').length,
    longestWaitMs,
  };
};

type CountersAtWork = (serviceId: ServiceId) => readonly CounterState[];

const nobody: readonly CounterState[] = [];

/** Those of a service that are open; where all of them have a break, those: somebody comes back. */
export const countersAtWork = (hall: Hall, setup: BranchSetup): CountersAtWork => {
  const counters = hall.counters.valuesArray();
  const serving = new Map<ServiceId, readonly CounterState[]>();
  const find = (serviceId: ServiceId): readonly CounterState[] => {
    const ids = countersGiving(setup).get(serviceId);
    const theirs = ids ? counters.filter(({ id }) => ids.has(id)) : nobody;
    const open = theirs.filter(({ status }) => status === 'open');
    return open.length > 0 ? open : theirs;
  };
  // A hall has more services than are asked about.
  return (serviceId) => {
    const theirs = serving.get(serviceId) ?? find(serviceId);
    serving.set(serviceId, theirs);
    return theirs;
  };
};

/** Kept, since a hall has thousands of pairs of them: a set-up that changed is another object. */
const knownGiving = new WeakMap<BranchSetup, ReadonlyMap<ServiceId, ReadonlySet<CounterId>>>();

const countersGiving = (setup: BranchSetup): ReadonlyMap<ServiceId, ReadonlySet<CounterId>> => {
  const known = knownGiving.get(setup);
  if (known) return known;
  const giving = new Map<ServiceId, Set<CounterId>>();
  for (const [id, { serves }] of setup.counters) {
    for (const serviceId of serves) giving.set(serviceId, (giving.get(serviceId) ?? new Set()).add(id));
  }
  knownGiving.set(setup, giving);
  return giving;
};

/**
 * How many of a line are called before them, by head start (CALL-2, CALL-3). The call-by limit is left out: it only
 * changes the order of those who have waited very long.
 */
const countAhead = (hall: Hall, { priorities }: BranchSetup, line: Line, asked: WaitAsked): number => {
  const headStartOf = (priority: PriorityId | null): number =>
    priority === null ? 0 : (priorities.get(priority)?.headStartMs ?? 0);
  const before = asked.queuedAt - headStartOf(asked.priority) + headStartOf(line.priority);
  if (before < line.queuedAt) return 0;
  const prefix = linePrefix(line);
  const serial = String(asked.serial ?? 9_999_999).padStart(7, '0');
  const upTo = `${prefix}${String(Math.max(0, before)).padStart(14, '0')}|${serial}`;
  // Mostly all of a line is ahead, and nothing to count; who is checked in before their hour may stand further back.
  const last = hall.waiting.nextLowerKey(`${prefix}}`);
  return last !== undefined && last < upTo ? line.waiting : hall.waiting.forRange(prefix, upTo, false);
};

const serviceOf = (ticket: Ticket | '' | null | undefined): ServiceId[] => (ticket ? [ticket.serviceId] : []);

/** From the call to the end: whoever walks there, or never comes, takes the counter too. */
const counterFreed = (hall: Hall, ticketId: TicketId, at: number): WaitObservation[] => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket || !isAtCounter(ticket.status) || ticket.calledAt === null) return [];
  return [{ kind: 'served', service: ticket.serviceId, durationMs: at - ticket.calledAt }];
};
