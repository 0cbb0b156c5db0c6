import type { CallReason } from './call-reason.ts';
import type { CommandId, CounterId, JourneyId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';
import type { JourneyLeg, LegOption } from './legs.ts';
import type { TicketAction } from './life.ts';
import type { NumberRange } from './numbers.ts';
import type { StaffRole } from './permissions.ts';
import type { BookedPlace, Channel, Reservation, TicketStatus } from './ticket.ts';

/** Who or what sent a command. No names: people's data never enters the ledger. */
export type Actor =
  { readonly kind: StaffRole; readonly staffId: StaffId } | { readonly kind: 'kiosk' | 'visitor' | 'timer' | 'system' };

/** Named in every event of a ticket, so that a screen can show it without asking back. */
interface TicketFacts {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly serviceId: ServiceId;
}

interface Finished {
  readonly counterId: CounterId;
  readonly outcome: string | null;
  /** Absent: 1. */
  readonly quantity?: number;
}

/** What can happen in a branch: past tense, facts only, never changed once committed. */
export interface EventData {
  /** The fold of a day starts here, so it says which set-up the day begins with. */
  'day.opened': { readonly date: string; readonly setupRevision: number };
  'day.closed': { readonly date: string };
  'counter.opened': { readonly counterId: CounterId; readonly agentId: StaffId };
  /** It goes on with another agent, and with the visitor who is there. */
  'counter.taken-over': { readonly counterId: CounterId; readonly agentId: StaffId; readonly from: StaffId };
  'counter.paused': { readonly counterId: CounterId; readonly reason: string };
  'counter.resumed': { readonly counterId: CounterId };
  'counter.closed': { readonly counterId: CounterId };
  /** It gives visitors no more numbers until it goes on; who has one is served. */
  'service.paused': { readonly serviceId: ServiceId; readonly reason: string };
  'service.resumed': { readonly serviceId: ServiceId };
  /** What the lobby TVs say in place of anything else below the calls, by language; `until` is epoch ms. */
  'message.shown': { readonly texts: Readonly<Record<string, string>>; readonly until: number };
  'message.hidden': Record<never, never>;
  'ticket.issued': TicketFacts & {
    readonly serial: number;
    readonly priority: PriorityId | null;
    readonly channel: Channel;
    readonly language: string;
    /** Waiting in the same line when this ticket joined. */
    readonly ahead: number;
    /** Of a visitor with an appointment: its hour, epoch ms, and whether the ticket counts from there or from now. */
    readonly bookedFor?: number;
    readonly place?: BookedPlace;
    /** Where its number comes from a range: how that counts. */
    readonly range?: Pick<NumberRange, 'from' | 'step'>;
    /** Where the service gives one ticket at a time: a code for who took it, which names nobody outside the installation. */
    readonly holder?: string;
    /** Where it was taken with the visitor's own phone: a code for that, which names nobody. */
    readonly takenWith?: string;
    /** Where it was issued for a journey: which, and what comes after the first leg. */
    readonly journeyId?: JourneyId;
    readonly legs?: readonly JourneyLeg[];
    /** Where the first leg was chosen: among what, in the journey's order. */
    readonly among?: readonly LegOption[];
  };
  'ticket.called': TicketFacts & {
    readonly counterId: CounterId;
    readonly language: string;
    readonly why: CallReason;
  };
  'ticket.recalled': TicketFacts & { readonly counterId: CounterId };
  'ticket.started': TicketFacts & { readonly counterId: CounterId };
  'ticket.finished': TicketFacts & Finished;
  /** The leg is done and the next one begins: the ticket waits for `toServiceId` now. */
  'ticket.went-on': TicketFacts &
    Finished & {
      readonly toServiceId: ServiceId;
      /** What comes after that one; absent: nothing. */
      readonly legs?: readonly JourneyLeg[];
      /** Where it was chosen: among what, in the journey's order. */
      readonly among?: readonly LegOption[];
    };
  'ticket.held': TicketFacts & {
    /** Where it was called to, if it was. */
    readonly counterId: CounterId | null;
    readonly reason: string;
    /** Epoch ms. */
    readonly until: number;
    /** Its visitor asked for more time; absent: the staff set it aside. */
    readonly byVisitor?: true;
  };
  /** Back in its line at the place it had. */
  'ticket.returned': TicketFacts & { readonly counterId: CounterId | null };
  'ticket.parked': TicketFacts & { readonly counterId: CounterId; readonly agentId: StaffId };
  'ticket.resumed': TicketFacts & { readonly counterId: CounterId };
  'ticket.transferred': TicketFacts & {
    readonly counterId: CounterId | null;
    readonly toServiceId: ServiceId;
    readonly reservedFor: Reservation | null;
    readonly note: string | null;
    /** The agent it comes back to when it is done there. */
    readonly backTo: StaffId | null;
  };
  'ticket.leg-added': TicketFacts & { readonly legServiceId: ServiceId; readonly status: TicketStatus };
  /** `kept`: at the place it had; `end`: as if it had come now. */
  'ticket.rejoined': TicketFacts & { readonly place: 'kept' | 'end' };
  'ticket.noted': TicketFacts & { readonly note: string | null; readonly status: TicketStatus };
  /** Its class is another from now on: it keeps its place in the order of waiting. */
  'ticket.reclassed': TicketFacts & { readonly priority: PriorityId | null; readonly status: TicketStatus };
  'ticket.reassigned': TicketFacts & { readonly reservedFor: Reservation | null; readonly status: TicketStatus };
  /**
   * The last act at the counter is taken back, or its visitor's leaving (`cancel`): the ticket stands where it stood before.
   */
  'ticket.undone': TicketFacts & {
    /** Where the act was; of leaving: where it stands again, if that is a counter. */
    readonly counterId: CounterId | null;
    readonly action: TicketAction;
    readonly toServiceId: ServiceId;
    readonly status: TicketStatus;
  };
  'ticket.missed': TicketFacts & { readonly counterId: CounterId };
  'ticket.cancelled': TicketFacts & { readonly reason: 'visitor' | 'staff' | 'void' | 'day-closed' };
  /** With the counter when it was one miss too many (MISS-3). */
  'ticket.no-showed': TicketFacts & { readonly counterId?: CounterId };
  /** The set-up in Postgres changed; every node reads it anew. `revision` counts 1, 2, 3 … per branch. */
  'setup.changed': { readonly revision: number };
}

export type EventType = keyof EventData;

/** An event as a decider returns it: not yet committed, so without a version. */
export type NewEvent = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/** An event of the ledger. `version` counts 1, 2, 3 … per branch without gaps; `at` is epoch milliseconds. */
export type HallEvent = NewEvent & {
  readonly version: number;
  readonly at: number;
  readonly commandId: CommandId;
  readonly actor: Actor;
};

export const event = <T extends EventType>(type: T, data: EventData[T]): NewEvent => ({ type, data }) as NewEvent;
