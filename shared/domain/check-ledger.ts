import { checkCounters } from './check-counters.ts';
import { beginWith, goOnWith } from './check-legs.ts';
import { eventFault } from './event-fault.ts';
import type { HallEvent } from './events.ts';
import type { BranchId, CounterId, TicketId } from './ids.ts';
import { life, type TicketAction } from './life.ts';
import { nextNumber, parseNumber } from './numbers.ts';
import { lineKeyOf, placeOf, type SeenCounter, type SeenTicket } from './seen-in-ledger.ts';
import { type SortedMap, sortedMap } from './sorted-map.ts';
import { isAtCounter, isOpen } from './ticket.ts';

/** What must hold in every installation at every time; docs/operations.md says of each what it means. */
export type Invariant =
  'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11' | 'I12' | 'I14' | 'set-up' | 'audit';

/** An invariant that does not hold, and where. */
export interface Violation {
  readonly invariant: Invariant;
  /** In plain words. */
  readonly message: string;
  /** The event that shows it. */
  readonly version?: number;
}

/** A check of one branch's ledger, event by event, in memory for one business day. */
export interface LedgerCheck {
  readonly take: (event: HallEvent) => void;
  /** @returns everything found */
  readonly end: () => readonly Violation[];
}

/** Checks a whole ledger at once. */
export const checkLedger = (branchId: BranchId, events: Iterable<HallEvent>): readonly Violation[] => {
  const check = startLedgerCheck(branchId);
  for (const event of events) check.take(event);
  return check.end();
};

type EventOf<T extends HallEvent['type']> = Extract<HallEvent, { type: T }>;

/**
 * Checks what a ledger alone can show: I1 no ticket is nowhere, I2 each is called and served once, I3 numbers are given
 * once and without a gap and each ticket keeps its own, I4 a command's events stand together and once, I6 versions have
 * no gap and neither time nor day goes back, I8 one ticket a counter and one counter an agent, I9 places in
 * the day's order are given in turn, and within a line and class the first goes first unless somebody chose. Written without `evolve`, so that a fault in the fold is found too.
 */
export const startLedgerCheck = (branchId: BranchId): LedgerCheck => {
  const found: Violation[] = [];
  let version = 0;
  let lastAt = 0;
  let lastCommand: string | null = null;
  let date: string | null = null;
  let isDayOpen = false;
  let sentOn: TicketId | null = null;
  let lastSerial = 0;
  const commands = new Set<string>();
  const tickets = new Map<TicketId, SeenTicket>();
  const numbers = new Set<string>();
  const lastNumbers = new Map<string, number>();
  /** Waiting tickets by service, class and whom they are kept for, in the order they came. */
  const lines = new Map<string, SortedMap<string, TicketId>>();
  const counters = new Map<CounterId, SeenCounter>();

  const say = (invariant: Invariant, message: string): void =>
    void found.push({ invariant, message: `${branchId}, event ${version}: ${message}`, version });

  const counterCheck = checkCounters(counters, say);

  const lineOf = (ticket: SeenTicket): SortedMap<string, TicketId> => {
    const key = lineKeyOf(ticket);
    const line = lines.get(key) ?? sortedMap<string, TicketId>();
    lines.set(key, line);
    return line;
  };
  /** Whom the same command sent on was not there when it chose (CALL-5). */
  const firstIn = (ticket: SeenTicket): TicketId | undefined => {
    for (const id of lineOf(ticket).values()) if (id !== sentOn) return id;
    return undefined;
  };
  const enterLine = (ticketId: TicketId, ticket: SeenTicket | undefined): void =>
    void (ticket?.status === 'waiting' && lineOf(ticket).set(placeOf(ticket), ticketId));

  /** Moves a ticket on, if the life table has such a move from where it stands. */
  const move = (
    { ticketId, number, serviceId }: Pick<EventOf<'ticket.issued'>['data'], 'ticketId' | 'number' | 'serviceId'>,
    action: TicketAction,
    counterId: CounterId | null,
  ): SeenTicket | undefined => {
    const ticket = tickets.get(ticketId);
    if (!ticket) return void say('I1', `ticket ${number} (${ticketId}) was never issued on this day`);
    if (number !== ticket.number || serviceId !== ticket.serviceId) {
      say('I3', `it names ${number} of ${serviceId}, but that ticket is ${ticket.number} of ${ticket.serviceId}`);
    }
    const next = life[ticket.status][action];
    if (next === null) {
      say('I2', `ticket ${ticket.number} is ${ticket.status}, from where ${action} leads nowhere`);
      return ticket;
    }
    if (counterId !== null && action !== 'call' && ticket.counterId !== counterId) {
      say('I8', `ticket ${ticket.number} is at counter ${ticket.counterId ?? 'none'}, not at ${counterId}`);
    }
    if (ticket.status === 'waiting') lineOf(ticket).delete(placeOf(ticket));
    ticket.status = next;
    return ticket;
  };

  /** Lets an event happen; of an act at a counter it remembers how the ticket stood, for it may be taken back. */
  const noteAct = (event: HallEvent): void => {
    const isAct = 'ticketId' in event.data && 'counterId' in event.data && event.data.counterId;
    if (!isAct || event.type === 'ticket.recalled' || event.type === 'ticket.undone') return happen(event);
    const { ticketId, counterId } = event.data as { ticketId: TicketId; counterId: CounterId };
    const counter = counters.get(counterId);
    const ticket = tickets.get(ticketId);
    if (!counter || !ticket) return happen(event);
    if (counter.act?.commandId !== event.commandId) {
      counter.act = { commandId: event.commandId, before: new Map(), legs: new Map() };
    }
    if (!counter.act.before.has(ticketId)) counter.act.before.set(ticketId, { ...ticket });
    happen(event);
    counter.act?.legs.set(ticketId, ticket.legs);
  };

  const leave = ({ data }: EventOf<'ticket.cancelled'>): void => {
    const { status, counterId } = tickets.get(data.ticketId) ?? {};
    const ticket = move(data, 'cancel', null);
    if (ticket && status && data.reason === 'visitor') ticket.left = { status, counterId: counterId ?? null };
    leaveCounter(ticket);
  };

  /** What stood at a counter may wait instead: that one has another visitor now. */
  const stayAfterAll = ({ data }: EventOf<'ticket.undone'>): void => {
    const ticket = tickets.get(data.ticketId);
    const left = ticket?.left;
    if (!ticket || !left) return say('I2', `it takes back that ${data.number} left, who did not`);
    const { status, counterId } = data;
    const isThere = status === left.status && counterId === left.counterId;
    if (!isThere && !(isAtCounter(left.status) && status === 'waiting' && counterId === null)) {
      say('I2', `it puts ${data.number} back to ${status}, where it was not before`);
    }
    Object.assign(ticket, { status, left: null });
    enterLine(data.ticketId, ticket);
    if (counterId) comeTo(counterId, data.ticketId, ticket);
  };

  const takeBack = (event: EventOf<'ticket.undone'>): void => {
    const { data } = event;
    if (data.action === 'cancel') return stayAfterAll(event);
    const counter = data.counterId && counters.get(data.counterId);
    const ticket = tickets.get(data.ticketId);
    const before = counter ? counter.act?.before.get(data.ticketId) : undefined;
    if (!counter || !ticket || !before) return say('I2', `it takes back what was not done with ${data.number}`);
    if (before.status !== data.status || before.serviceId !== data.toServiceId) {
      say('I2', `it puts ${data.number} back to ${data.status} of ${data.toServiceId}, where it was not before`);
    }
    if (ticket.status === 'waiting') lineOf(ticket).delete(placeOf(ticket));
    leaveCounter(ticket);
    // As in evolve: what they are said to be meanwhile stays.
    const { legs, priority } = ticket;
    Object.assign(ticket, before, { priority });
    if (legs !== counter.act?.legs.get(data.ticketId)) ticket.legs = legs;
    counter.act?.before.delete(data.ticketId);
    enterLine(data.ticketId, ticket);
    if (ticket.counterId) comeTo(ticket.counterId, data.ticketId, ticket);
  };

  const comeTo = (counterId: CounterId, ticketId: TicketId, ticket: SeenTicket): void => {
    const counter = counters.get(counterId);
    if (!counter) say('I8', `ticket ${ticket.number} was called to counter ${counterId}, which is closed`);
    else if (counter.isPaused) say('I8', `ticket ${ticket.number} was called to counter ${counterId} during a break`);
    else if (counter.ticketId !== null) {
      say('I8', `counter ${counterId} got ${ticket.number} while it had ${tickets.get(counter.ticketId)?.number}`);
    }
    if (counter) counter.ticketId = ticketId;
    ticket.counterId = counterId;
  };

  const leaveCounter = (ticket: SeenTicket | undefined): void => {
    if (!ticket?.counterId) return;
    const counter = counters.get(ticket.counterId);
    if (counter) counter.ticketId = null;
    ticket.counterId = null;
  };

  const openDay = (next: string): void => {
    if (isDayOpen) say('I6', `business day ${next} was opened while ${date} was open`);
    isDayOpen = true;
    if (date === next) return;
    if (date !== null && next < date) say('I6', `business day ${next} was opened after ${date}`);
    for (const { number, status } of tickets.values()) {
      if (isOpen(status)) say('I1', `ticket ${number} of ${date} was still ${status} when the next day began`);
    }
    date = next;
    lastSerial = 0;
    for (const each of [tickets, numbers, lastNumbers, lines, commands]) each.clear();
  };

  const closeDay = (closed: string): void => {
    if (!isDayOpen || closed !== date) say('I6', `business day ${closed} was closed, but it was not open`);
    isDayOpen = false;
    for (const { number, status } of tickets.values()) {
      if (isOpen(status)) say('I1', `ticket ${number} is still ${status} though the day was closed`);
    }
    for (const counterId of counters.keys()) say('I8', `counter ${counterId} is still open though the day was closed`);
  };

  const issue = ({ data, at }: EventOf<'ticket.issued'>): void => {
    const { ticketId, number, serial, serviceId, priority, bookedFor = at } = data;
    if (!isDayOpen) say('I1', `ticket ${number} was issued, but no business day is open`);
    if (tickets.has(ticketId)) say('I1', `ticket ${number} (${ticketId}) was issued twice`);
    if (numbers.has(number)) say('I3', `number ${number} was given twice on ${date}`);
    const { prefix, value } = parseNumber(number);
    const expected = nextNumber(lastNumbers.get(prefix), data.range ?? undefined);
    if (value !== expected) say('I3', `number ${number} was given where ${expected} was next for ${prefix}`);
    if (serial !== lastSerial + 1) {
      say('I9', `ticket ${number} has place ${serial} in the order of the day, but ${lastSerial} came right before it`);
    }
    numbers.add(number);
    lastNumbers.set(prefix, value);
    lastSerial = serial;
    for (const fault of beginWith(data)) say('I1', `ticket ${number} ${fault}`);
    const legs = (data.legs ?? []).map((leg) => ({ ...leg, reservedFor: null }));
    const queuedAt = data.place === 'booked' ? bookedFor : at;
    const place = { serial, priority, serviceId, legs, reservedFor: null, queuedAt };
    tickets.set(ticketId, { number, ...place, status: 'waiting', counterId: null, left: null });
    enterLine(ticketId, tickets.get(ticketId));
  };

  const call = ({ data }: EventOf<'ticket.called'>): void => {
    const { ticketId, counterId, why } = data;
    const waiting = tickets.get(ticketId);
    const first = waiting && firstIn(waiting);
    const ticket = move(data, 'call', counterId);
    if (!ticket) return;
    if (why.rule !== 'chosen' && first !== undefined && first !== ticketId) {
      const before = tickets.get(first)?.number;
      say('I9', `ticket ${ticket.number} was called before ${before}, who came first, and nobody chose it`);
    }
    comeTo(counterId, ticketId, ticket);
  };

  /** Moves a ticket to another place or service, and into its line where it waits. */
  const wait = (event: HallEvent, action: TicketAction, change: Partial<SeenTicket>): void => {
    const data = event.data as EventOf<'ticket.returned'>['data'];
    const ticket = move(data, action, data.counterId ?? null);
    leaveCounter(ticket);
    if (ticket) enterLine(data.ticketId, Object.assign(ticket, change));
  };

  const rejoin = (event: EventOf<'ticket.rejoined'>): void => {
    const atEnd = Math.max(event.at, tickets.get(event.data.ticketId)?.queuedAt ?? 0);
    wait(event, 'rejoin', event.data.place === 'end' ? { queuedAt: atEnd } : {});
  };

  const hold = ({ data }: EventOf<'ticket.held'>): void => {
    const { ticketId, number, byVisitor, counterId } = data;
    const status = tickets.get(ticketId)?.status;
    if (byVisitor && status !== 'waiting') say('I2', `its visitor let others go before ${number}, which is ${status}`);
    leaveCounter(move(data, 'hold', counterId));
  };

  const goOn = (event: EventOf<'ticket.went-on'>): void => {
    const { ticketId, number, toServiceId } = event.data;
    const ticket = tickets.get(ticketId);
    const { leg, legs, faults } = goOnWith(ticket?.legs ?? [], event.data);
    for (const fault of faults) say('I1', `ticket ${number} ${fault}`);
    const reservedFor = leg?.reservedFor ?? null;
    const queuedAt = reservedFor && ticket ? ticket.queuedAt : event.at;
    wait(event, 'go-on', { serviceId: toServiceId, legs, reservedFor, queuedAt });
  };

  const transfer = (event: EventOf<'ticket.transferred'>): void => {
    const { ticketId, serviceId, toServiceId, reservedFor, backTo } = event.data;
    const back = backTo ? [{ serviceId, reservedFor: { agentId: backTo } }] : [];
    const legs = [...back, ...(tickets.get(ticketId)?.legs ?? [])];
    wait(event, 'transfer', { serviceId: toServiceId, reservedFor, legs });
  };

  /** What decides in which line a ticket stands becomes another. */
  const changeInLine = (
    { data }: EventOf<'ticket.reassigned' | 'ticket.reclassed'>,
    change: Partial<Pick<SeenTicket, 'priority' | 'reservedFor'>>,
  ): void => {
    const ticket = tickets.get(data.ticketId);
    if (!ticket) return say('I1', `ticket ${data.number} was never issued on this day`);
    if (ticket.status === 'waiting') lineOf(ticket).delete(placeOf(ticket));
    Object.assign(ticket, change);
    enterLine(data.ticketId, ticket);
  };

  const happen = (event: HallEvent): void => {
    switch (event.type) {
      case 'day.opened':
        return openDay(event.data.date);
      case 'day.closed':
        return closeDay(event.data.date);
      case 'counter.opened':
        if (!isDayOpen) say('I8', `counter ${event.data.counterId} was opened, but no business day is open`);
        return counterCheck.open(event.data);
      case 'counter.taken-over':
        return counterCheck.takeOver(event.data);
      case 'counter.closed':
        return counterCheck.close(event.data.counterId);
      case 'counter.paused':
        return counterCheck.pause(event.data.counterId, true);
      case 'counter.resumed':
        return counterCheck.pause(event.data.counterId, false);
      case 'ticket.issued':
        return issue(event);
      case 'ticket.called':
        return call(event);
      case 'ticket.recalled':
        return void move(event.data, 'recall', event.data.counterId);
      case 'ticket.started':
        return void move(event.data, 'start', event.data.counterId);
      case 'ticket.finished':
        return leaveCounter(move(event.data, 'finish', event.data.counterId));
      case 'ticket.missed':
        return leaveCounter(move(event.data, 'miss', event.data.counterId));
      case 'ticket.cancelled':
        return leave(event);
      case 'ticket.no-showed':
        return void move(event.data, 'no-show', null);
      case 'ticket.went-on':
        return goOn(event);
      case 'ticket.held':
        return hold(event);
      case 'ticket.returned': {
        const isParked = tickets.get(event.data.ticketId)?.status === 'parked';
        return wait(event, 'return', isParked ? { reservedFor: null } : {});
      }
      case 'ticket.parked': {
        const ticket = move(event.data, 'park', event.data.counterId);
        if (ticket) ticket.reservedFor = { agentId: event.data.agentId };
        return leaveCounter(ticket);
      }
      case 'ticket.resumed': {
        const ticket = move(event.data, 'resume', null);
        if (!ticket) return;
        ticket.reservedFor = null;
        return comeTo(event.data.counterId, event.data.ticketId, ticket);
      }
      case 'ticket.transferred':
        return transfer(event);
      case 'ticket.leg-added': {
        const ticket = tickets.get(event.data.ticketId);
        if (!ticket) return say('I1', `ticket ${event.data.number} was never issued on this day`);
        return void (ticket.legs = [...ticket.legs, { serviceId: event.data.legServiceId, reservedFor: null }]);
      }
      case 'ticket.rejoined':
        return rejoin(event);
      case 'ticket.reassigned':
        return changeInLine(event, { reservedFor: event.data.reservedFor });
      case 'ticket.reclassed':
        return changeInLine(event, { priority: event.data.priority });
      case 'ticket.undone':
        return takeBack(event);
      case 'ticket.noted':
      case 'setup.changed':
        return;
    }
  };

  return {
    take: (event) => {
      const after = version;
      version = event.version;
      if (version !== after + 1) say('I6', `event ${after} comes right before it; there is a gap or a double`);
      if (event.at < lastAt) say('I6', 'its time is before that of the event before it');
      lastAt = Math.max(lastAt, event.at);
      if (event.commandId !== lastCommand && commands.has(event.commandId)) {
        say('I4', `command ${event.commandId} took effect twice`);
      }
      if (event.commandId !== lastCommand) sentOn = null;
      const fault = eventFault(event);
      if (fault === null) noteAct(event);
      else say('I6', `nobody can make sense of it: ${fault}`);
      commands.add(event.commandId);
      lastCommand = event.commandId;
      sentOn = event.type === 'ticket.went-on' ? event.data.ticketId : null;
    },
    end: () => found,
  };
};
