import type { EventData, EventType, HallEvent } from './events.ts';
import { addTotals, type CounterEvent, noteAct, undoable } from './note-act.ts';
import { emptyHall, type Hall, holderKeys, noTotals } from './hall.ts';
import {
  changeCounter,
  changeTicket,
  draftOf,
  endTicket,
  forgetTakenFrom,
  type HallDraft,
  hideCall,
  joinLine,
  leaveCounter,
  leaveLine,
  showAgain,
  showCall,
  ticketOf,
} from './hall-draft.ts';
import type { CounterId, ServiceId, TicketId } from './ids.ts';
import { takeLeg } from './legs.ts';
import { parseNumber } from './numbers.ts';
import { countsFrom, isOpen, type Leg, type Ticket, waitedMs } from './ticket.ts';

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

/** Folds one event into a draft. */
export const applyTo = (draft: HallDraft, event: HallEvent): void => {
  if (event.version !== draft.version + 1) {
    throw new Error(`event ${event.version} of ${draft.branchId} does not follow version ${draft.version}`);
  }
  draft.version = event.version;
  draft.lastAt = event.at;
  const applier = appliers[event.type] as (draft: HallDraft, data: HallEvent['data'], event: HallEvent) => void;
  const action = undoable[event.type];
  if (action) noteAct(draft, event as CounterEvent, action, () => applier(draft, event.data, event));
  else applier(draft, event.data, event);
};

type Appliers = { readonly [T in EventType]: (draft: HallDraft, data: EventData[T], event: HallEvent) => void };

const noLegs: readonly Leg[] = [];

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
      lastCallAt: null,
      lastAct: null,
      takenFrom: null,
    });
    forgetTakenFrom(draft, agentId);
  },
  'counter.taken-over': (draft, { counterId, agentId, from }, { at }) => {
    const change = { agentId, status: 'open', pauseReason: null, since: at, lastAct: null, takenFrom: from } as const;
    changeCounter(draft, counterId, change);
    forgetTakenFrom(draft, agentId);
  },
  'counter.paused': (draft, { counterId, reason }, { at }) =>
    changeCounter(draft, counterId, { status: 'paused', pauseReason: reason, since: at, lastAct: null }),
  'counter.resumed': (draft, { counterId }, { at }) =>
    changeCounter(draft, counterId, { status: 'open', pauseReason: null, since: at }),
  'counter.closed': (draft, { counterId }) => {
    draft.counters.delete(counterId);
  },
  'service.paused': (draft, { serviceId, reason }, { at }) => {
    draft.pausedServices = new Map(draft.pausedServices).set(serviceId, { reason, since: at });
  },
  'service.resumed': (draft, { serviceId }) => {
    draft.pausedServices = new Map([...draft.pausedServices].filter(([id]) => id !== serviceId));
  },
  'message.shown': (draft, { texts, until }) => {
    draft.message = { texts, until };
  },
  'message.hidden': (draft) => {
    draft.message = null;
  },
  'ticket.issued': (draft, data, { at }) => {
    const ticket: Ticket = {
      id: data.ticketId,
      number: data.number,
      serial: data.serial,
      serviceId: data.serviceId,
      issuedFor: data.serviceId,
      legs: data.legs?.map((leg) => ({ ...leg, reservedFor: null })) ?? noLegs,
      reservedFor: null,
      priority: data.priority,
      channel: data.channel,
      language: data.language,
      status: 'waiting',
      issuedAt: at,
      queuedAt: countsFrom(data, at),
      counterId: null,
      calledAt: null,
      wasCalled: false,
      why: null,
      recalls: 0,
      startedAt: null,
      endedAt: null,
      left: null,
      hold: null,
      postponed: 0,
      misses: 0,
      missed: null,
      note: null,
      ...(data.bookedFor !== undefined && { bookedFor: data.bookedFor }),
      ...(data.holder !== undefined && { holder: data.holder }),
      ...(data.takenWith !== undefined && { takenWith: data.takenWith }),
    };
    const { prefix, value } = parseNumber(data.number);
    draft.lastNumbers.set(prefix, value);
    draft.lastSerial = data.serial;
    draft.tickets.set(ticket.id, ticket);
    draft.issuedFor.set(ticket.serviceId, (draft.issuedFor.get(ticket.serviceId) ?? 0) + 1);
    for (const key of holderKeys(ticket)) draft.holders.set(key, ticket.id);
    joinLine(draft, ticket);
    draft.totals = { ...draft.totals, issued: draft.totals.issued + 1 };
  },
  'ticket.called': (draft, { ticketId, counterId, why }, { at }) => {
    const before = ticketOf(draft, ticketId);
    leaveLine(draft, before);
    const ticket = changeTicket(draft, before, {
      status: 'called',
      counterId,
      calledAt: at,
      wasCalled: true,
      recalls: 0,
      why,
    });
    changeCounter(draft, counterId, { ticketId, lastCallAt: at });
    if (why.rule === 'ratio') countTurn(draft, counterId, 1);
    showCall(draft, ticket, at);
    countCall(draft, before.serviceId, 1);
    if (before.calledAt !== null) return;
    const { totals } = draft;
    draft.totals = { ...totals, called: totals.called + 1, waitedMs: totals.waitedMs + waitedMs(before, at) };
  },
  'ticket.recalled': (draft, { ticketId, counterId }, { at }) => {
    const before = ticketOf(draft, ticketId);
    showCall(draft, changeTicket(draft, before, { recalls: before.recalls + 1 }), at);
    changeCounter(draft, counterId, { lastCallAt: at });
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
  'ticket.went-on': (draft, { ticketId, toServiceId }, { at }) => {
    const before = ticketOf(draft, ticketId);
    const { leg, rest } = takeLeg(before.legs, toServiceId);
    const reservedFor = leg?.reservedFor ?? null;
    // Whoever comes back to an agent keeps the place in the order; another service is a wait of its own (LEG-2).
    const queuedAt = reservedFor ? before.queuedAt : at;
    const next = {
      serviceId: toServiceId,
      reservedFor,
      legs: rest,
      queuedAt,
      calledAt: null,
      startedAt: null,
      recalls: 0,
    };
    joinLine(draft, leaveCounter(draft, before, { status: 'waiting', misses: 0, missed: null, ...next }));
  },
  'ticket.held': (draft, { ticketId, reason, until, byVisitor }) => {
    const before = ticketOf(draft, ticketId);
    const hold = { until, reason, ...(byVisitor && { byVisitor }) };
    if (before.status === 'waiting') leaveLine(draft, before);
    leaveCounter(draft, before, { status: 'held', hold, postponed: before.postponed + (byVisitor ? 1 : 0) });
  },
  'ticket.returned': (draft, { ticketId }) => {
    const before = ticketOf(draft, ticketId);
    const reservedFor = before.status === 'parked' ? null : before.reservedFor;
    joinLine(draft, leaveCounter(draft, before, { status: 'waiting', hold: null, reservedFor }));
  },
  'ticket.parked': (draft, { ticketId, agentId }) => {
    leaveCounter(draft, ticketOf(draft, ticketId), { status: 'parked', reservedFor: { agentId } });
  },
  'ticket.resumed': (draft, { ticketId, counterId }) => {
    const change = { status: 'serving', reservedFor: null, counterId } as const;
    showAgain(draft, changeTicket(draft, ticketOf(draft, ticketId), change));
    changeCounter(draft, counterId, { ticketId });
  },
  'ticket.transferred': (draft, { ticketId, toServiceId, reservedFor, note, backTo }) => {
    const before = ticketOf(draft, ticketId);
    if (before.status === 'waiting') leaveLine(draft, before);
    const back: Leg[] = backTo ? [{ serviceId: before.serviceId, reservedFor: { agentId: backTo } }] : [];
    const next = { serviceId: toServiceId, reservedFor, legs: [...back, ...before.legs], note: note ?? before.note };
    const leg = toServiceId === before.serviceId ? {} : { calledAt: null, startedAt: null, recalls: 0 };
    joinLine(draft, leaveCounter(draft, before, { status: 'waiting', hold: null, ...next, ...leg }));
  },
  'ticket.leg-added': (draft, { ticketId, legServiceId }) => {
    const before = ticketOf(draft, ticketId);
    changeTicket(draft, before, { legs: [...before.legs, { serviceId: legServiceId, reservedFor: null }] });
  },
  'ticket.rejoined': (draft, { ticketId, place }, { at }) => {
    const before = ticketOf(draft, ticketId);
    // Nobody comes before their own hour by coming back too late (APPT-2).
    const queuedAt = place === 'kept' ? before.queuedAt : Math.max(at, before.queuedAt);
    joinLine(draft, changeTicket(draft, before, { status: 'waiting', missed: null, queuedAt }));
  },
  'ticket.noted': (draft, { ticketId, note }) => {
    changeTicket(draft, ticketOf(draft, ticketId), { note });
  },
  'ticket.reclassed': (draft, { ticketId, priority }) => changeInLine(draft, ticketId, { priority }),
  'ticket.reassigned': (draft, { ticketId, reservedFor }) => changeInLine(draft, ticketId, { reservedFor }),
  'ticket.undone': (draft, data, { at }) => {
    const { ticketId, counterId } = data;
    if (data.action === 'cancel') return stayAfterAll(draft, data, at);
    const counter = counterId && draft.counters.get(counterId);
    const step = counter?.lastAct?.steps.find(({ before }) => before.id === ticketId);
    if (!counter || !counter.lastAct || !step)
      throw new Error(`the ledger of ${draft.branchId} takes back what was not done`);
    const now = ticketOf(draft, ticketId);
    if (now.status === 'waiting') leaveLine(draft, now);
    if (now.counterId) changeCounter(draft, now.counterId, { ticketId: null });
    // What was added meanwhile stays, and what its visitor used up.
    const legs = now.legs === step.after.legs ? step.before.legs : now.legs;
    const { note, postponed, priority } = now;
    standAgain(draft, changeTicket(draft, now, { ...step.before, note, postponed, priority, legs }), at);
    const steps = counter.lastAct.steps.filter((other) => other !== step);
    changeCounter(draft, counter.id, { lastAct: steps.length > 0 ? { ...counter.lastAct, steps } : null });
    draft.totals = addTotals(draft.totals, step.totals, -1);
    if (step.before.status === 'waiting' && step.after.status === 'called') countCall(draft, step.before.serviceId, -1);
    if (step.after.why !== step.before.why && step.after.why?.rule === 'ratio') countTurn(draft, counter.id, -1);
  },
  'ticket.missed': (draft, { ticketId }, { at }) => {
    const before = ticketOf(draft, ticketId);
    const missed = { at, calls: draft.calls.get(before.serviceId) ?? 0 };
    leaveCounter(draft, before, { status: 'missed', misses: before.misses + 1, missed });
    draft.totals = { ...draft.totals, missed: draft.totals.missed + 1 };
  },
  'ticket.cancelled': (draft, { ticketId, reason }, { at }) => {
    const before = ticketOf(draft, ticketId);
    const { status, counterId } = before;
    countCancelled(draft, before, 1);
    endTicket(draft, ticketId, 'cancelled', at);
    if (reason === 'visitor') changeTicket(draft, ticketOf(draft, ticketId), { left: { status, counterId } });
  },
  'ticket.no-showed': (draft, { ticketId }, { at }) => endTicket(draft, ticketId, 'no-show', at),
  'setup.changed': (draft, { revision }) => {
    draft.setupRevision = revision;
  },
};

/** What decides in which line a ticket stands becomes another; its place in the order stays. */
const changeInLine = (
  draft: HallDraft,
  ticketId: TicketId,
  change: Partial<Pick<Ticket, 'priority' | 'reservedFor'>>,
): void => {
  const before = ticketOf(draft, ticketId);
  if (before.status === 'waiting') leaveLine(draft, before);
  const ticket = changeTicket(draft, before, change);
  if (ticket.status === 'waiting') joinLine(draft, ticket);
};

/** A call of a service, or one that was taken back. */
const countCall = (draft: HallDraft, serviceId: ServiceId, calls: 1 | -1): void =>
  void draft.calls.set(serviceId, (draft.calls.get(serviceId) ?? 0) + calls);

/** A turn by ratio at a counter, or one that was taken back. */
const countTurn = (draft: HallDraft, counterId: CounterId, turns: 1 | -1): void =>
  void draft.ratioCalls.set(counterId, (draft.ratioCalls.get(counterId) ?? 0) + turns);

/** A ticket that was cancelled, or whose visitor stays after all: until it is called it counts against a quota (ISSUE-4). */
const countCancelled = (draft: HallDraft, { issuedFor, wasCalled }: Ticket, tickets: 1 | -1): void => {
  if (!wasCalled) draft.issuedFor.set(issuedFor, (draft.issuedFor.get(issuedFor) ?? 0) - tickets);
  draft.totals = { ...draft.totals, cancelled: draft.totals.cancelled + tickets };
};

/** Puts a ticket whose leaving is taken back to where the event says: its place, hour and whom it is kept for stayed with it. */
const stayAfterAll = (
  draft: HallDraft,
  { ticketId, counterId, status }: EventData['ticket.undone'],
  at: number,
): void => {
  const now = ticketOf(draft, ticketId);
  if (!now.left) throw new Error(`the ledger of ${draft.branchId} takes back that ${now.number} left, who did not`);
  countCancelled(draft, now, -1);
  standAgain(draft, changeTicket(draft, now, { status, counterId, endedAt: null, left: null }), at);
};

/** A ticket that was put back: in its line, known to whoever holds it, and on the screens where it is called. */
const standAgain = (draft: HallDraft, ticket: Ticket, at: number): void => {
  if (ticket.status === 'waiting') joinLine(draft, ticket);
  if (isOpen(ticket.status)) for (const key of holderKeys(ticket)) draft.holders.set(key, ticket.id);
  if (ticket.counterId) {
    // Whoever is called again has the whole time to come once more (TIMER-3).
    changeCounter(draft, ticket.counterId, { ticketId: ticket.id, lastCallAt: at });
    showAgain(draft, ticket);
  } else hideCall(draft, ticket.id);
};
