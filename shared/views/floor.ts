import { isAsLeft } from '../domain/decide/undo.ts';
import type { HallEvent } from '../domain/events.ts';
import { type CounterState, type Hall, ticketAt } from '../domain/hall.ts';
import type { CounterId, ServiceId, StaffId, TicketId } from '../domain/ids.ts';
import { type Ticket, waitsSince } from '../domain/ticket.ts';
import type { AsideEntry, DeskEntry, PausedEntry, TotalsEntry, UndoEntry, VisitEntry } from '../protocol/screens.ts';
import { boardKeys, boardTouched, boardValue, splitKey } from './board.ts';

/** The staff's view: the board, who does what at each counter, and who is set aside. */
export const floorKeys = function* (hall: Hall): Iterable<string> {
  yield* boardKeys(hall);
  yield 'totals';
  for (const serviceId of hall.pausedServices.keys()) yield `paused/${serviceId}`;
  for (const counterId of hall.counters.keys()) yield* deskKeys(counterId);
  for (const ticketId of hall.aside.keys()) yield `aside/${ticketId}`;
};

const deskKeys = (counterId: CounterId): string[] => [`desk/${counterId}`, `visit/${counterId}`, `undo/${counterId}`];

export const floorValue = (hall: Hall, key: string): unknown => {
  const [kind, id = ''] = splitKey(key);
  if (kind === 'totals') return { ...hall.totals } satisfies TotalsEntry;
  if (kind === 'desk') return deskEntry(hall, hall.counters.get(id as CounterId));
  if (kind === 'visit') return visitEntry(ticketAt(hall, id as CounterId));
  if (kind === 'undo') return undoEntry(hall, hall.counters.get(id as CounterId));
  if (kind === 'paused') return hall.pausedServices.get(id as ServiceId) satisfies PausedEntry | undefined;
  if (kind === 'aside') return asideEntry(hall.tickets.get(id as TicketId));
  return boardValue(hall, key);
};

export const floorTouched = (event: HallEvent, before: Hall): readonly string[] => {
  const keys = boardTouched(event, before);
  switch (event.type) {
    case 'day.opened':
      return [...floorKeys(before)];
    case 'day.closed':
    case 'setup.changed':
    case 'message.shown':
    case 'message.hidden':
      return keys;
    case 'counter.opened':
    case 'counter.taken-over':
      return [...keys, ...deskKeys(event.data.counterId), ...desksTakenFrom(before, event.data.agentId)];
    case 'counter.paused':
    case 'counter.resumed':
    case 'counter.closed':
      return [...keys, ...deskKeys(event.data.counterId)];
    case 'service.paused':
    case 'service.resumed':
      return [...keys, `paused/${event.data.serviceId}`];
    case 'ticket.issued':
      return [...keys, 'totals'];
    case 'ticket.rejoined':
    case 'ticket.reclassed':
    case 'ticket.reassigned':
    case 'ticket.no-showed':
    case 'ticket.leg-added':
    case 'ticket.noted':
    case 'ticket.cancelled':
    case 'ticket.held':
    case 'ticket.returned':
    case 'ticket.transferred':
    case 'ticket.called':
    case 'ticket.recalled':
    case 'ticket.started':
    case 'ticket.finished':
    case 'ticket.missed':
    case 'ticket.went-on':
    case 'ticket.parked':
    case 'ticket.resumed':
    case 'ticket.undone': {
      const { ticketId } = event.data;
      const at = countersWhoseAct(before, ticketId);
      if ('counterId' in event.data && event.data.counterId) at.add(event.data.counterId);
      const stoodAt = before.tickets.get(ticketId)?.counterId;
      if (stoodAt) at.add(stoodAt);
      return [...keys, 'totals', `aside/${ticketId}`, ...[...at].flatMap(deskKeys)];
    }
  }
};

/** The desks that no longer say from whom they were taken over. */
const desksTakenFrom = (hall: Hall, agentId: StaffId): string[] =>
  [...hall.counters.values()].filter(({ takenFrom }) => takenFrom === agentId).map(({ id }) => `desk/${id}`);

/** The counters whose last act moved the ticket: when it is moved again that act cannot be taken back any more. */
const countersWhoseAct = (hall: Hall, ticketId: TicketId): Set<CounterId> => {
  const found = new Set<CounterId>();
  for (const { id, lastAct } of hall.counters.values()) {
    if (lastAct?.steps.some(({ before }) => before.id === ticketId)) found.add(id);
  }
  return found;
};

const deskEntry = (hall: Hall, counter: CounterState | undefined): DeskEntry | undefined =>
  counter && {
    agentId: counter.agentId,
    status: counter.status,
    pauseReason: counter.pauseReason,
    since: counter.since,
    ticket: ticketEntry(ticketAt(hall, counter.id)),
    ...(counter.takenFrom && { takenFrom: counter.takenFrom }),
  };

/** What can be taken back but for the time that has passed. An act of "call next" that finished a visit too is told by the visitor whom it called. */
const undoEntry = (hall: Hall, counter: CounterState | undefined): UndoEntry | undefined => {
  const act = counter?.lastAct;
  const last = act?.steps.at(-1);
  if (!act || !last || !act.steps.every((step) => isAsLeft(hall, step))) return undefined;
  return { action: act.action, number: last.after.number, at: act.at };
};

const visitEntry = (ticket: Ticket | undefined): VisitEntry | undefined =>
  ticket && (ticket.note !== null || ticket.legs.length > 0)
    ? { note: ticket.note, legs: ticket.legs.map(({ serviceId }) => serviceId) }
    : undefined;

const asideEntry = (ticket: Ticket | undefined): AsideEntry | undefined => {
  if (!ticket) return undefined;
  const { status, number, serviceId, hold, reservedFor, missed, misses } = ticket;
  switch (status) {
    case 'held':
      return { state: status, number, serviceId, ...(hold && { reason: hold.reason, until: hold.until }) };
    case 'parked':
      return {
        state: status,
        number,
        serviceId,
        ...(reservedFor && 'agentId' in reservedFor && { agentId: reservedFor.agentId }),
      };
    case 'missed':
      return { state: status, number, serviceId, misses, ...(missed && { missedAt: missed.at }) };
    default:
      return undefined;
  }
};

const ticketEntry = (ticket: Ticket | undefined): DeskEntry['ticket'] =>
  ticket && (ticket.status === 'called' || ticket.status === 'serving')
    ? {
        id: ticket.id,
        number: ticket.number,
        serviceId: ticket.serviceId,
        priority: ticket.priority,
        language: ticket.language,
        status: ticket.status,
        queuedAt: waitsSince(ticket),
        calledAt: ticket.calledAt ?? ticket.queuedAt,
        startedAt: ticket.startedAt,
        recalls: ticket.recalls,
        why: ticket.why,
      }
    : null;
