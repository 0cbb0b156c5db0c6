import type { HallEvent } from '../domain/events.ts';
import { type Hall, linesOf, longestSince, type RecentCall } from '../domain/hall.ts';
import type { CounterId, ServiceId } from '../domain/ids.ts';
import type {
  CallEntry,
  CounterEntry,
  DayEntry,
  LineEntry,
  MessageEntry,
  MissedEntry,
  SetupEntry,
} from '../protocol/screens.ts';

/** The public view: lobby TV and kiosk. No ticket that is not called, nobody's name, no agent. */
export const boardKeys = function* (hall: Hall): Iterable<string> {
  yield 'day';
  yield 'setup';
  yield 'message';
  for (const serviceId of new Set([...hall.lines.values()].map((line) => line.serviceId))) yield `line/${serviceId}`;
  yield 'missed';
  for (const call of hall.recentCalls) yield `call/${call.ticketId}`;
  for (const counterId of hall.counters.keys()) yield `counter/${counterId}`;
};

export const boardValue = (hall: Hall, key: string): unknown => {
  const [kind, id = ''] = splitKey(key);
  switch (kind) {
    case 'day':
      return hall.day ? ({ date: hall.day.date, isOpen: hall.day.isOpen } satisfies DayEntry) : undefined;
    case 'setup':
      return { revision: hall.setupRevision } satisfies SetupEntry;
    case 'message':
      return (hall.message ?? undefined) satisfies MessageEntry | undefined;
    case 'line':
      return lineEntry(hall, id as ServiceId);
    case 'call':
      return callEntry(hall.recentCalls.find((call) => call.ticketId === id));
    case 'missed':
      return missedEntry(hall);
    case 'counter': {
      const counter = hall.counters.get(id as CounterId);
      return counter && ({ status: counter.status } satisfies CounterEntry);
    }
    default:
      return undefined;
  }
};

export const boardTouched = (event: HallEvent, before: Hall): readonly string[] => {
  const keys = touchedBy(event, before);
  return movesMissed(event, before) ? [...keys, 'missed'] : keys;
};

const movesMissed = ({ type, data }: HallEvent, before: Hall): boolean =>
  type === 'ticket.missed' ||
  type === 'ticket.undone' ||
  ('ticketId' in data && before.tickets.get(data.ticketId)?.status === 'missed');

const touchedBy = (event: HallEvent, before: Hall): readonly string[] => {
  switch (event.type) {
    case 'day.opened':
      return [...boardKeys(before)];
    case 'day.closed':
      return ['day'];
    case 'setup.changed':
      return ['setup'];
    case 'counter.opened':
    case 'counter.taken-over':
    case 'counter.paused':
    case 'counter.resumed':
    case 'counter.closed':
      return [`counter/${event.data.counterId}`];
    case 'message.shown':
    case 'message.hidden':
      return ['message'];
    case 'service.paused':
    case 'service.resumed':
    case 'ticket.leg-added':
    case 'ticket.noted':
      return [];
    case 'ticket.issued':
    case 'ticket.no-showed':
    case 'ticket.rejoined':
    case 'ticket.reclassed':
    case 'ticket.reassigned':
      return [`line/${event.data.serviceId}`];
    case 'ticket.called':
    case 'ticket.recalled':
    case 'ticket.resumed':
    case 'ticket.undone':
      // The list of recent calls is bounded: a new call may push out the oldest.
      return [
        `line/${event.data.serviceId}`,
        ...otherLine(event.data),
        `call/${event.data.ticketId}`,
        ...before.recentCalls.slice(-1).map((call) => `call/${call.ticketId}`),
      ];
    case 'ticket.started':
    case 'ticket.finished':
    case 'ticket.missed':
    case 'ticket.parked':
      return [`call/${event.data.ticketId}`];
    case 'ticket.cancelled':
    case 'ticket.went-on':
    case 'ticket.held':
    case 'ticket.returned':
    case 'ticket.transferred':
      return [`line/${event.data.serviceId}`, ...otherLine(event.data), `call/${event.data.ticketId}`];
  }
};

/** The line a ticket goes to when that is another service's. */
const otherLine = (data: object): string[] => ('toServiceId' in data ? [`line/${data.toServiceId as ServiceId}`] : []);

/** `line/DUK-01` → `['line', 'DUK-01']`. */
export const splitKey = (key: string): [string, string?] => {
  const slash = key.indexOf('/');
  return slash < 0 ? [key] : [key.slice(0, slash), key.slice(slash + 1)];
};

const lineEntry = (hall: Hall, serviceId: ServiceId): LineEntry | undefined => {
  const lines = linesOf(hall, serviceId);
  if (lines.length === 0) return undefined;
  return {
    waiting: lines.reduce((sum, line) => sum + line.waiting, 0),
    since: Math.min(...lines.map((line) => longestSince(hall, line))),
  };
};

/** How many of them public screens are told: the others missed their call long ago. */
const missedShown = 8;

const missedEntry = (hall: Hall): MissedEntry | undefined => {
  const missed: MissedEntry = [];
  for (const ticketId of hall.aside.keys()) {
    const ticket = hall.tickets.get(ticketId);
    if (ticket?.status !== 'missed' || !ticket.missed) continue;
    missed.push({ number: ticket.number, serviceId: ticket.serviceId, missedAt: ticket.missed.at });
  }
  if (missed.length === 0) return undefined;
  return missed.sort((a, b) => b.missedAt - a.missedAt || (a.number < b.number ? -1 : 1)).slice(0, missedShown);
};

const callEntry = (call: RecentCall | undefined): CallEntry | undefined =>
  call && {
    number: call.number,
    serviceId: call.serviceId,
    counterId: call.counterId,
    language: call.language,
    calledAt: call.calledAt,
    times: call.times,
    state: call.state,
  };
