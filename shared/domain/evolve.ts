import type { EventData, EventType, HallEvent } from './events.ts';
import {
  comesBefore,
  type CounterState,
  emptyHall,
  type Hall,
  lineKey,
  linePrefix,
  noTotals,
  type RecentCall,
  recentCallsKept,
} from './hall.ts';
import type { CounterId, TicketId } from './ids.ts';
import { parseNumber } from './numbers.ts';
import type { Ticket } from './ticket.ts';

/** The state after an event. Pure: the given hall stays as it was. Throws on a version gap: the caller must catch up first. */
export const evolve = (hall: Hall, event: HallEvent): Hall => {
  const draft = draftOf(hall);
  applyTo(draft, event);
  return draft;
};

/** Like `evolve` for many events, with one copy for all. */
export const evolveAll = (hall: Hall, events: readonly HallEvent[]): Hall => {
  const draft = draftOf(hall);
  for (const event of events) applyTo(draft, event);
  return draft;
};

/** A hall that may be changed by `applyTo` until it is handed out. */
export type HallDraft = { -readonly [K in keyof Hall]: Hall[K] };

/** A copy that shares everything with the original until one of them changes. */
export const draftOf = (hall: Hall): HallDraft => ({
  ...hall,
  tickets: hall.tickets.clone(),
  waiting: hall.waiting.clone(),
  lines: hall.lines.clone(),
  counters: hall.counters.clone(),
  lastNumbers: hall.lastNumbers.clone(),
});

/** Folds one event into a draft. */
export const applyTo = (draft: HallDraft, event: HallEvent): void => {
  if (event.version !== draft.version + 1) {
    throw new Error(`event ${event.version} of ${draft.branchId} does not follow version ${draft.version}`);
  }
  draft.version = event.version;
  draft.lastAt = event.at;
  const applier = appliers[event.type] as (draft: HallDraft, data: HallEvent['data'], event: HallEvent) => void;
  applier(draft, event.data, event);
};

type Appliers = { readonly [T in EventType]: (draft: HallDraft, data: EventData[T], event: HallEvent) => void };

const appliers: Appliers = {
  'day.opened': (draft, { date, setupRevision }, { version }) => {
    draft.setupRevision = setupRevision;
    if (draft.day?.date === date) {
      draft.day = { ...draft.day, isOpen: true };
      return;
    }
    const fresh = emptyHall(draft.branchId);
    Object.assign(draft, fresh, {
      version: draft.version,
      lastAt: draft.lastAt,
      setupRevision,
      counters: draft.counters,
      totals: noTotals,
      day: { date, isOpen: true, openedVersion: version },
    });
  },
  'day.closed': (draft) => {
    if (draft.day) draft.day = { ...draft.day, isOpen: false };
  },
  'counter.opened': (draft, { counterId, agentId }, { at }) => {
    draft.counters.set(counterId, {
      id: counterId,
      agentId,
      status: 'open',
      pauseReason: null,
      since: at,
      ticketId: null,
    });
  },
  'counter.paused': (draft, { counterId, reason }, { at }) =>
    changeCounter(draft, counterId, { status: 'paused', pauseReason: reason, since: at }),
  'counter.resumed': (draft, { counterId }, { at }) =>
    changeCounter(draft, counterId, { status: 'open', pauseReason: null, since: at }),
  'counter.closed': (draft, { counterId }) => {
    draft.counters.delete(counterId);
  },
  'ticket.issued': (draft, data, { at }) => {
    const ticket: Ticket = {
      id: data.ticketId,
      number: data.number,
      serial: data.serial,
      serviceId: data.serviceId,
      priority: data.priority,
      channel: data.channel,
      language: data.language,
      status: 'waiting',
      issuedAt: at,
      queuedAt: at,
      counterId: null,
      calledAt: null,
      recalls: 0,
      startedAt: null,
      endedAt: null,
    };
    const { prefix, value } = parseNumber(data.number);
    draft.lastNumbers.set(prefix, value);
    draft.lastSerial = data.serial;
    draft.tickets.set(ticket.id, ticket);
    joinLine(draft, ticket);
    draft.totals = { ...draft.totals, issued: draft.totals.issued + 1 };
  },
  'ticket.called': (draft, { ticketId, counterId }, { at }) => {
    const before = ticketOf(draft, ticketId);
    leaveLine(draft, before);
    const ticket = changeTicket(draft, before, { status: 'called', counterId, calledAt: at, recalls: 0 });
    changeCounter(draft, counterId, { ticketId });
    showCall(draft, ticket, at);
    const { called, waitedMs } = draft.totals;
    draft.totals = { ...draft.totals, called: called + 1, waitedMs: waitedMs + Math.max(0, at - before.queuedAt) };
  },
  'ticket.recalled': (draft, { ticketId }, { at }) => {
    const before = ticketOf(draft, ticketId);
    showCall(draft, changeTicket(draft, before, { recalls: before.recalls + 1 }), at);
  },
  'ticket.started': (draft, { ticketId }, { at }) => {
    changeTicket(draft, ticketOf(draft, ticketId), { status: 'serving', startedAt: at });
    draft.recentCalls = draft.recentCalls.map((call) =>
      call.ticketId === ticketId ? { ...call, state: 'serving' } : call,
    );
  },
  'ticket.finished': (draft, { ticketId }, { at }) => {
    endTicket(draft, ticketId, 'done', at);
    draft.totals = { ...draft.totals, done: draft.totals.done + 1 };
  },
  'ticket.missed': (draft, { ticketId, counterId }) => {
    changeTicket(draft, ticketOf(draft, ticketId), { status: 'missed', counterId: null });
    changeCounter(draft, counterId, { ticketId: null });
    hideCall(draft, ticketId);
    draft.totals = { ...draft.totals, missed: draft.totals.missed + 1 };
  },
  'ticket.cancelled': (draft, { ticketId }, { at }) => {
    endTicket(draft, ticketId, 'cancelled', at);
    draft.totals = { ...draft.totals, cancelled: draft.totals.cancelled + 1 };
  },
  'ticket.no-showed': (draft, { ticketId }, { at }) => endTicket(draft, ticketId, 'no-show', at),
  'setup.changed': (draft, { revision }) => {
    draft.setupRevision = revision;
  },
};

const ticketOf = (draft: HallDraft, id: TicketId): Ticket => {
  const ticket = draft.tickets.get(id);
  if (!ticket) throw new Error(`the ledger of ${draft.branchId} names a ticket of another day: ${id}`);
  return ticket;
};

const changeTicket = (draft: HallDraft, before: Ticket, change: Partial<Ticket>): Ticket => {
  const ticket = { ...before, ...change };
  draft.tickets.set(ticket.id, ticket);
  return ticket;
};

const changeCounter = (draft: HallDraft, id: CounterId, change: Partial<CounterState>): void => {
  const counter = draft.counters.get(id);
  if (counter) draft.counters.set(id, { ...counter, ...change });
};

const endTicket = (draft: HallDraft, id: TicketId, status: 'done' | 'cancelled' | 'no-show', at: number): void => {
  const before = ticketOf(draft, id);
  if (before.status === 'waiting') leaveLine(draft, before);
  if (before.counterId) changeCounter(draft, before.counterId, { ticketId: null });
  changeTicket(draft, before, { status, counterId: null, endedAt: at });
  hideCall(draft, id);
};

const joinLine = (draft: HallDraft, ticket: Ticket): void => {
  const { serviceId, priority } = ticket;
  const prefix = linePrefix(serviceId, priority);
  const line = draft.lines.get(prefix);
  const head = line && comesBefore(line.head, ticket) ? line.head : ticket;
  draft.waiting.set(lineKey(ticket), ticket.id);
  draft.lines.set(prefix, { serviceId, priority, waiting: (line?.waiting ?? 0) + 1, head });
};

const leaveLine = (draft: HallDraft, ticket: Ticket): void => {
  const { serviceId, priority } = ticket;
  const prefix = linePrefix(serviceId, priority);
  const line = draft.lines.get(prefix);
  if (!draft.waiting.delete(lineKey(ticket)) || !line) return;
  const head = line.waiting > 1 ? draft.waiting.nextHigherPair(prefix) : undefined;
  if (head) draft.lines.set(prefix, { ...line, waiting: line.waiting - 1, head: ticketOf(draft, head[1]) });
  else draft.lines.delete(prefix);
};

const showCall = (draft: HallDraft, ticket: Ticket, at: number): void => {
  if (!ticket.counterId) return;
  const call: RecentCall = {
    ticketId: ticket.id,
    number: ticket.number,
    serviceId: ticket.serviceId,
    counterId: ticket.counterId,
    language: ticket.language,
    calledAt: at,
    times: ticket.recalls + 1,
    state: 'called',
  };
  draft.recentCalls = [call, ...draft.recentCalls.filter((other) => other.ticketId !== ticket.id)].slice(
    0,
    recentCallsKept,
  );
};

const hideCall = (draft: HallDraft, id: TicketId): void => {
  if (draft.recentCalls.some((call) => call.ticketId === id)) {
    draft.recentCalls = draft.recentCalls.filter((call) => call.ticketId !== id);
  }
};
