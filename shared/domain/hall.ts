import type { BranchId, CommandId, CounterId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';
import { sortedMap, type SortedMap } from './sorted-map.ts';
import type { TicketAction } from './life.ts';
import { noServiceTimes, type ServiceTimes } from './service-times.ts';
import { type Reservation, type Ticket, type TicketStatus, waitsSince } from './ticket.ts';

/** The state of one branch on one business day: a fold of its events (`evolve`), thrown away and folded again at will. */
export interface Hall {
  readonly branchId: BranchId;
  /** Version of the last event folded; 0 before the first. */
  readonly version: number;
  /** Instant of the last event: time in a branch never goes back (TIME-1). */
  readonly lastAt: number;
  readonly setupRevision: number;
  readonly day: BusinessDay | null;
  /** Every ticket of the business day, open or not. */
  readonly tickets: SortedMap<TicketId, Ticket>;
  /** Waiting tickets by `lineKey`, so that the head of any line and class is one look-up away. */
  readonly waiting: SortedMap<string, TicketId>;
  /** The lines by `linePrefix`: how many wait and who is first; a line nobody waits in is absent. */
  readonly lines: SortedMap<string, Line>;
  /** Open tickets that neither wait nor stand at a counter: held, parked or missed. */
  readonly aside: SortedMap<TicketId, TicketStatus>;
  /** Counters that are open or paused; a closed one is absent. */
  readonly counters: SortedMap<CounterId, CounterState>;
  /** The services that give visitors no number for the time being, and since when. */
  readonly pausedServices: ReadonlyMap<ServiceId, PausedService>;
  /** What the lobby TVs say for the time being. */
  readonly message: ShownMessage | null;
  /** How often each service was called today. */
  readonly calls: SortedMap<ServiceId, number>;
  /** How many calls of this day the ratio decided at each counter (CALL-9). */
  readonly ratioCalls: SortedMap<CounterId, number>;
  /** How long counters were taken by one visitor today: what an expected wait rests on where a leg is chosen (JOURNEY-3). */
  readonly serviceTimes: ServiceTimes;
  /** The last number given for each prefix. */
  readonly lastNumbers: SortedMap<string, number>;
  /** What counts against a service's quota: the tickets issued for it but those cancelled before they were called (ISSUE-4). */
  readonly issuedFor: SortedMap<ServiceId, number>;
  /** Open tickets whose holder is known, or the phone they were taken with, by `holderKey`. */
  readonly holders: SortedMap<string, TicketId>;
  /** The last serial given on this business day. */
  readonly lastSerial: number;
  /** The latest calls, newest first, one entry a ticket, at most `recentCallsKept`. */
  readonly recentCalls: readonly RecentCall[];
  readonly totals: DayTotals;
}

/** The waiting tickets of one service and priority class, apart from those that are kept for somebody. */
export interface Line {
  readonly serviceId: ServiceId;
  readonly priority: PriorityId | null;
  readonly reservedFor: Reservation | null;
  readonly waiting: number;
  /** Where its head stands: a choice among a thousand lines reads it of each, and fetching their tickets takes a third longer. */
  readonly queuedAt: number;
  readonly serial: number;
  /** Who stands first: the longest wait, and appointments by their hour. */
  readonly head: Ticket;
}

export interface BusinessDay {
  /** Local date `YYYY-MM-DD`. */
  readonly date: string;
  readonly isOpen: boolean;
  /** Version of the event that opened this date: the fold of the day starts there. */
  readonly openedVersion: number;
}

export interface CounterState {
  readonly id: CounterId;
  readonly agentId: StaffId;
  readonly status: 'open' | 'paused';
  readonly pauseReason: string | null;
  /** Since when it is open or paused, epoch ms. */
  readonly since: number;
  /** The ticket called to or served at this counter. */
  readonly ticketId: TicketId | null;
  /** When the ticket here was called, by a call, a recall, or what was done since being taken back. */
  readonly lastCallAt: number | null;
  /** What was done here last, while it can be taken back. */
  readonly lastAct: CounterAct | null;
  /** Whom `agentId` took it over from, until that agent works at a counter again (COUNTER-7). */
  readonly takenFrom: StaffId | null;
}

/** The tickets that one command at a counter moved. */
export interface CounterAct {
  readonly commandId: CommandId;
  readonly action: TicketAction;
  readonly at: number;
  readonly steps: readonly ActStep[];
}

export interface ActStep {
  readonly before: Ticket;
  readonly after: Ticket;
  /** What it added to the totals. */
  readonly totals: DayTotals;
}

export interface PausedService {
  readonly reason: string;
  /** Epoch ms. */
  readonly since: number;
}

export interface ShownMessage {
  /** By language. */
  readonly texts: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly until: number;
}

export interface RecentCall {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly serviceId: ServiceId;
  readonly counterId: CounterId;
  readonly language: string;
  /** Instant of the call or of its latest repetition. */
  readonly calledAt: number;
  /** 1 for the first call, one more for each recall. */
  readonly times: number;
  readonly state: 'called' | 'serving';
}

export interface DayTotals {
  readonly issued: number;
  /** Legs that were called; who is called again is counted once. */
  readonly called: number;
  readonly done: number;
  readonly missed: number;
  readonly cancelled: number;
  /** Sum over first calls of the waits (APPT-4), in ms: the mean wait is this over `called`. */
  readonly waitedMs: number;
}

export const noTotals: DayTotals = { issued: 0, called: 0, done: 0, missed: 0, cancelled: 0, waitedMs: 0 };

export const emptyHall = (branchId: BranchId, version = 0): Hall => ({
  branchId,
  version,
  lastAt: 0,
  setupRevision: 0,
  day: null,
  tickets: sortedMap(),
  waiting: sortedMap(),
  lines: sortedMap(),
  aside: sortedMap(),
  counters: sortedMap(),
  pausedServices: new Map(),
  message: null,
  calls: sortedMap(),
  ratioCalls: sortedMap(),
  serviceTimes: noServiceTimes,
  lastNumbers: sortedMap(),
  issuedFor: sortedMap(),
  holders: sortedMap(),
  lastSerial: 0,
  recentCalls: [],
  totals: noTotals,
});

/** A hall as plain data, in key order, so that two of them can be compared. */
export const plainOf = (hall: Hall) => ({
  ...hall,
  tickets: hall.tickets.toArray(),
  waiting: hall.waiting.toArray(),
  lines: hall.lines.toArray(),
  aside: hall.aside.toArray(),
  counters: hall.counters.toArray(),
  pausedServices: [...hall.pausedServices],
  calls: hall.calls.toArray(),
  ratioCalls: hall.ratioCalls.toArray(),
  serviceTimes: { ...hall.serviceTimes, byService: hall.serviceTimes.byService.toArray() },
  lastNumbers: hall.lastNumbers.toArray(),
  issuedFor: hall.issuedFor.toArray(),
  holders: hall.holders.toArray(),
});

/** All tickets of a line and class sort together, the longest waiting first, then in the order of issue. */
export const lineKey = (ticket: Ticket): string => `${linePrefix(ticket)}${placeText(ticket)}`;

/** Where somebody stands in the order of waiting. */
export type Place = Pick<Ticket, 'queuedAt' | 'serial'>;

/** A place in the order, as text that sorts like it. */
const placeText = ({ queuedAt, serial }: Place): string =>
  `${String(queuedAt).padStart(14, '0')}|${String(serial).padStart(7, '0')}`;

/** Whether `a` came to wait before `b`: in one line and class the order of `lineKey`. */
export const comesBefore = (a: Place, b: Place): boolean =>
  a.queuedAt < b.queuedAt || (a.queuedAt === b.queuedAt && a.serial < b.serial);

export const linePrefix = ({
  serviceId,
  priority,
  reservedFor,
}: Pick<Ticket, 'serviceId' | 'priority' | 'reservedFor'>): string =>
  `${serviceId}|${priority ?? ''}|${reservedFor === null ? '' : reservationText(reservedFor)}|`;

const reservationText = (reservedFor: Reservation): string =>
  'counterId' in reservedFor ? `c:${reservedFor.counterId}` : `a:${reservedFor.agentId}`;

/** The lines of one service, one for each priority class somebody waits in. */
export const linesOf = (hall: Hall, serviceId: ServiceId): Line[] =>
  hall.lines.getRange(`${serviceId}|`, `${serviceId}}`).map(([, line]) => line);

/** How many wait for a service, over all classes. */
export const waitingCount = (hall: Hall, serviceId: ServiceId): number =>
  linesOf(hall, serviceId).reduce((sum, line) => sum + line.waiting, 0);

/** How many of a service stand before a place in its order, over all classes (ISSUE-3). */
export const standingBefore = (hall: Hall, place: Place & Pick<Ticket, 'serviceId'>): number =>
  linesOf(hall, place.serviceId).reduce((sum, line) => {
    const prefix = linePrefix(line);
    // From the end: hardly anybody stands behind who comes now.
    return sum + line.waiting - hall.waiting.forRange(`${prefix}${placeText(place)}`, `${prefix}~`, false);
  }, 0);

/** Since when whoever waits longest in a line waits: not always its head, who may have come after the hour (APPT-4). */
export const longestSince = (hall: Hall, line: Line): number => {
  const since = waitsSince(line.head);
  if (since === line.queuedAt) return since;
  const prefix = linePrefix(line);
  const before = hall.waiting.getRange(prefix, `${prefix}${placeText({ queuedAt: since, serial: 0 })}`);
  return Math.min(since, ...before.map(([, id]) => waitsSince(hall.tickets.get(id) ?? line.head)));
};

/** Waiting tickets of one service over all classes, in the order of `lineKey`. */
export const waitingFor = (hall: Hall, serviceId: ServiceId): Ticket[] =>
  hall.waiting
    .getRange(`${serviceId}|`, `${serviceId}}`)
    .map(([, id]) => hall.tickets.get(id))
    .filter((ticket) => ticket !== undefined);

/** All open tickets of a holder sort together. */
const holderKey = (holder: string, ticketId: TicketId): string => `${holder}|${ticketId}`;

/** Where an open ticket is found by who took it, and by the phone it was taken with. */
export const holderKeys = ({ id, holder, takenWith }: Pick<Ticket, 'id' | 'holder' | 'takenWith'>): string[] =>
  [holder, takenWith].flatMap((code) => (code === undefined ? [] : [holderKey(code, id)]));

/** The open ticket that a holder took for a service, whatever service it waits for now. */
export const ticketOfHolder = (hall: Hall, holder: string, serviceId: ServiceId): Ticket | undefined =>
  hall.holders
    .getRange(`${holder}|`, `${holder}}`)
    .map(([, id]) => hall.tickets.get(id))
    .find((ticket) => ticket?.issuedFor === serviceId);

/** The open ticket that was taken with a phone, whatever it is for. */
export const ticketOfPhone = (hall: Hall, takenWith: string): Ticket | undefined => {
  const [found] = hall.holders.getRange(`${takenWith}|`, `${takenWith}}`);
  return found && hall.tickets.get(found[1]);
};

export const ticketAt = (hall: Hall, counterId: CounterId): Ticket | undefined => {
  const ticketId = hall.counters.get(counterId)?.ticketId;
  return ticketId ? hall.tickets.get(ticketId) : undefined;
};
