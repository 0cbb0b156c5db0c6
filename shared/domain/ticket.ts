import type { CallReason } from './call-reason.ts';
import type { CounterId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';

/** Where a ticket's life stands (ARCHITECTURE: a ticket's life; the cells are decided in `life.ts`). */
export type TicketStatus =
  'waiting' | 'called' | 'serving' | 'held' | 'parked' | 'missed' | 'done' | 'no-show' | 'cancelled';

export type Channel = 'kiosk' | 'reception' | 'phone' | 'api';

/** Where a visitor with an appointment stands: at its hour, or as one who comes only now (APPT-2, APPT-3). */
export type BookedPlace = 'booked' | 'walk-in';

/** Whom a ticket is kept for (MOVE-3). */
export type Reservation = { readonly counterId: CounterId } | { readonly agentId: StaffId };

/** A service that a visit still has before it. */
export interface Leg {
  readonly serviceId: ServiceId;
  readonly reservedFor: Reservation | null;
  /** Which step of a journey it is of: those of one step are in any order (JOURNEY-2). Absent: of none. */
  readonly step?: number;
}

/** One ticket of the business day. Instants are epoch milliseconds. */
export interface Ticket {
  readonly id: TicketId;
  /** What people see and hear, such as `A012`. */
  readonly number: string;
  /** 1, 2, 3 … over the branch's business day: the order of issue, and the tie-break between equal waits. */
  readonly serial: number;
  /** The service of the present leg. */
  readonly serviceId: ServiceId;
  /** The service it was issued for: against that one's quota it counts (ISSUE-4). */
  readonly issuedFor: ServiceId;
  /** What comes after it, in order; legs of one step stand together. */
  readonly legs: readonly Leg[];
  /** `null`: whoever serves the service. A parked ticket is kept for the agent who parked it. */
  readonly reservedFor: Reservation | null;
  /** `null` is the ordinary visitor. */
  readonly priority: PriorityId | null;
  readonly channel: Channel;
  readonly language: string;
  readonly status: TicketStatus;
  readonly issuedAt: number;
  /** The hour of the visitor's appointment; absent: there is none. */
  readonly bookedFor?: number;
  /**
   * Its place in the order: `issuedAt`, or the hour of the appointment, which may be later or earlier (APPT-2), until a
   * further leg or a return says otherwise.
   */
  readonly queuedAt: number;
  readonly counterId: CounterId | null;
  /** `null` until the present leg is called. */
  readonly calledAt: number | null;
  /** Whether any leg was called. */
  readonly wasCalled: boolean;
  /** Why it was called last, `null` before that. */
  readonly why: CallReason | null;
  /** How often it was called again. */
  readonly recalls: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Where it stood when its visitor left, who may take that back (UNDO-2). */
  readonly left: { readonly status: TicketStatus; readonly counterId: CounterId | null } | null;
  /** Until when it is held, and why; `byVisitor`: its visitor asked for more time (MORE-1). */
  readonly hold: { readonly until: number; readonly reason: string; readonly byVisitor?: true } | null;
  /** How often its visitor asked for more time. */
  readonly postponed: number;
  /** Every time its visitor did not come, and where the count of calls of its service then stood. */
  readonly misses: number;
  readonly missed: { readonly at: number; readonly calls: number } | null;
  /** For whoever serves it next. */
  readonly note: string | null;
  /** Who took it, where its service gives one at a time: a code that names nobody. */
  readonly holder?: string;
  /** The visitor's own phone it was taken with, as a code that names nobody (JOIN-4); absent: it was taken otherwise. */
  readonly takenWith?: string;
}

/** Why a ticket is held whose visitor asked for more time (MORE-1). */
export const moreTimeReason = 'more-time';

/** Where the place of a ticket counts from that was issued at `at`. */
export const countsFrom = (
  { place, bookedFor }: { readonly place?: BookedPlace; readonly bookedFor?: number },
  at: number,
): number => (place === 'booked' ? (bookedFor ?? at) : at);

/** The hour that a ticket's place counts from, where that is the hour of an appointment. */
export const hourOf = ({ bookedFor, queuedAt }: Ticket): number | undefined =>
  bookedFor === queuedAt ? bookedFor : undefined;

/** Since when its visitor waits: a place may count from an hour before they came, or from one that is still to come (APPT-4). */
export const waitsSince = ({ issuedAt, queuedAt }: Ticket): number => Math.max(issuedAt, queuedAt);

/** How long its visitor has waited, ms. */
export const waitedMs = (ticket: Ticket, now: number): number => Math.max(0, now - waitsSince(ticket));

export const isOpen = (status: TicketStatus): boolean =>
  status !== 'done' && status !== 'no-show' && status !== 'cancelled';

export const isAside = (status: TicketStatus): boolean =>
  status === 'held' || status === 'parked' || status === 'missed';

export const isAtCounter = (status: TicketStatus): boolean => status === 'called' || status === 'serving';
