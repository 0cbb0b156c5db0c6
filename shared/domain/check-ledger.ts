import { eventFault } from './event-fault.ts';
import type { HallEvent } from './events.ts';
import type { BranchId, CounterId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';
import { life, type TicketAction } from './life.ts';
import { parseNumber } from './numbers.ts';
import { isOpen, type TicketStatus } from './ticket.ts';

/**
 * What must hold in every installation at every time (docs/operations.md names them). `set-up`: what the rules need of
 * the set-up is there.
 */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11' | 'I12' | 'set-up';

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

interface SeenTicket {
  readonly number: string;
  readonly serviceId: ServiceId;
  readonly line: string;
  status: TicketStatus;
  counterId: CounterId | null;
}

interface SeenCounter {
  readonly agentId: StaffId;
  ticketId: TicketId | null;
  isPaused: boolean;
}

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
  let lastSerial = 0;
  const commands = new Set<string>();
  const tickets = new Map<TicketId, SeenTicket>();
  const numbers = new Set<string>();
  const lastNumbers = new Map<string, number>();
  /** Waiting tickets by service and class, in the order they came. */
  const lines = new Map<string, Set<TicketId>>();
  const counters = new Map<CounterId, SeenCounter>();

  const say = (invariant: Invariant, message: string): void =>
    void found.push({ invariant, message: `${branchId}, event ${version}: ${message}`, version });

  const lineOf = (key: string): Set<TicketId> => {
    const line = lines.get(key) ?? new Set<TicketId>();
    lines.set(key, line);
    return line;
  };

  /** Moves a ticket on, if the life table has such a move from where it stands. */
  const move = (
    { ticketId, number, serviceId }: EventOf<'ticket.no-showed'>['data'],
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
    if (ticket.status === 'waiting') lineOf(ticket.line).delete(ticketId);
    ticket.status = next;
    return ticket;
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

  const issue = ({ data }: EventOf<'ticket.issued'>): void => {
    const { ticketId, number, serial, serviceId, priority } = data;
    if (!isDayOpen) say('I1', `ticket ${number} was issued, but no business day is open`);
    if (tickets.has(ticketId)) say('I1', `ticket ${number} (${ticketId}) was issued twice`);
    if (numbers.has(number)) say('I3', `number ${number} was given twice on ${date}`);
    const { prefix, value } = parseNumber(number);
    const expected = (lastNumbers.get(prefix) ?? 0) + 1;
    if (value !== expected) say('I3', `number ${number} was given where ${expected} was next for ${prefix}`);
    if (serial !== lastSerial + 1) {
      say('I9', `ticket ${number} has place ${serial} in the order of the day, but ${lastSerial} came right before it`);
    }
    numbers.add(number);
    lastNumbers.set(prefix, value);
    lastSerial = serial;
    const line = lineKeyOf(serviceId, priority);
    tickets.set(ticketId, { number, serviceId, line, status: 'waiting', counterId: null });
    lineOf(line).add(ticketId);
  };

  const call = ({ data }: EventOf<'ticket.called'>): void => {
    const { ticketId, counterId, why } = data;
    const counter = counters.get(counterId);
    const first = lineOf(tickets.get(ticketId)?.line ?? '')
      .values()
      .next().value;
    const ticket = move(data, 'call', counterId);
    if (!ticket) return;
    if (why.rule !== 'chosen' && first !== undefined && first !== ticketId) {
      const before = tickets.get(first)?.number;
      say('I9', `ticket ${ticket.number} was called before ${before}, who came first, and nobody chose it`);
    }
    if (!counter) say('I8', `ticket ${ticket.number} was called to counter ${counterId}, which is closed`);
    else if (counter.isPaused) say('I8', `ticket ${ticket.number} was called to counter ${counterId} during a break`);
    else if (counter.ticketId !== null) {
      say('I8', `counter ${counterId} got ${ticket.number} while it had ${tickets.get(counter.ticketId)?.number}`);
    }
    if (counter) counter.ticketId = ticketId;
    ticket.counterId = counterId;
  };

  const openCounter = ({ counterId, agentId }: EventOf<'counter.opened'>['data']): void => {
    if (!isDayOpen) say('I8', `counter ${counterId} was opened, but no business day is open`);
    if (counters.has(counterId)) say('I8', `counter ${counterId} was opened while it was open`);
    for (const [other, counter] of counters) {
      if (counter.agentId === agentId) say('I8', `agent ${agentId} is at counters ${other} and ${counterId}`);
    }
    counters.set(counterId, { agentId, ticketId: null, isPaused: false });
  };

  const closeCounter = (counterId: CounterId): void => {
    const counter = counters.get(counterId);
    if (!counter) say('I8', `counter ${counterId} was closed while it was closed`);
    if (counter?.ticketId) say('I8', `counter ${counterId} was closed with a visitor at it`);
    counters.delete(counterId);
  };

  const pauseCounter = (counterId: CounterId, isPaused: boolean): void => {
    const counter = counters.get(counterId);
    if (!counter) return say('I8', `a break of counter ${counterId}, which is closed`);
    if (counter.isPaused === isPaused) {
      say('I8', `a break of counter ${counterId} ${isPaused ? 'began during a break' : 'ended that had not begun'}`);
    }
    if (isPaused && counter.ticketId) say('I8', `a break of counter ${counterId} began with a visitor at it`);
    counter.isPaused = isPaused;
  };

  const happen = (event: HallEvent): void => {
    switch (event.type) {
      case 'day.opened':
        return openDay(event.data.date);
      case 'day.closed':
        return closeDay(event.data.date);
      case 'counter.opened':
        return openCounter(event.data);
      case 'counter.closed':
        return closeCounter(event.data.counterId);
      case 'counter.paused':
        return pauseCounter(event.data.counterId, true);
      case 'counter.resumed':
        return pauseCounter(event.data.counterId, false);
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
        return leaveCounter(move(event.data, 'cancel', null));
      case 'ticket.no-showed':
        return void move(event.data, 'end-day', null);
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
      const fault = eventFault(event);
      if (fault === null) happen(event);
      else say('I6', `nobody can make sense of it: ${fault}`);
      commands.add(event.commandId);
      lastCommand = event.commandId;
    },
    end: () => found,
  };
};

const lineKeyOf = (serviceId: ServiceId, priority: PriorityId | null): string => `${serviceId}|${priority ?? ''}`;
