import type { Actor } from './events.ts';
import type { CommandId, CounterId, JourneyId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';
import type { Channel, Reservation } from './ticket.ts';

/** What a sender may ask for: imperative, named by its verb. */
export interface CommandData {
  'open-day': { readonly date: string };
  'close-day': Record<never, never>;
  'open-counter': {
    readonly counterId: CounterId;
    readonly agentId: StaffId;
    /** Whoever has it open and is to leave it to `agentId`; absent: it is to be opened only while it is closed. */
    readonly takeOverFrom?: StaffId;
    /** The counter that `agentId` has open and leaves for this one; absent: there is none. */
    readonly moveFrom?: CounterId;
  };
  'pause-counter': { readonly counterId: CounterId; readonly reason: string };
  'resume-counter': { readonly counterId: CounterId };
  'close-counter': { readonly counterId: CounterId };
  'pause-service': { readonly serviceId: ServiceId; readonly reason: string };
  'resume-service': { readonly serviceId: ServiceId };
  'show-message': {
    /** By language of the hall, at least one. */
    readonly texts: Readonly<Record<string, string>>;
    readonly minutes: number;
  };
  'hide-message': Record<never, never>;
  'issue-ticket': (
    | { readonly serviceId: ServiceId; readonly journeyId?: undefined }
    | { readonly journeyId: JourneyId; readonly serviceId?: undefined }
  ) & {
    readonly priority: PriorityId | null;
    readonly channel: Channel;
    /** `null`: the hall's default. */
    readonly language: string | null;
    /** The hour of the visitor's appointment, epoch ms; absent: there is none. */
    readonly bookedFor?: number;
    /** Who takes it, as a code that names nobody; absent where nobody was asked. */
    readonly holder?: string;
    /** The visitor's own phone, as a code that names nobody: one that has an open ticket gets no other (JOIN-4). */
    readonly takenWith?: string;
  };
  'call-next': { readonly counterId: CounterId };
  'call-ticket': {
    readonly counterId: CounterId;
    readonly ticketId: TicketId;
    /** Why out of turn; needed unless it is the one who is next. */
    readonly reason?: string;
  };
  recall: { readonly counterId: CounterId };
  start: { readonly counterId: CounterId };
  /** `quantity`: how many of the same were done for this visitor; absent: 1. */
  finish: { readonly counterId: CounterId; readonly outcome: string | null; readonly quantity?: number };
  miss: { readonly counterId: CounterId };
  'hold-ticket': { readonly ticketId: TicketId; readonly reason: string; readonly minutes: number };
  /** Its visitor needs more time: others go first. */
  'postpone-ticket': { readonly ticketId: TicketId };
  'return-ticket': { readonly ticketId: TicketId };
  park: { readonly counterId: CounterId };
  'resume-ticket': { readonly counterId: CounterId; readonly ticketId: TicketId };
  'transfer-ticket': {
    readonly ticketId: TicketId;
    /** `null`: the same service. */
    readonly serviceId: ServiceId | null;
    readonly reservedFor: Reservation | null;
    readonly note: string | null;
    /** Whether it comes back to the agent who sends it. */
    readonly comesBack: boolean;
  };
  'add-leg': { readonly ticketId: TicketId; readonly serviceId: ServiceId };
  'rejoin-ticket': { readonly ticketId: TicketId };
  'end-missed': { readonly ticketId: TicketId };
  'cancel-ticket': { readonly ticketId: TicketId };
  /** Its visitor left, and stays after all. */
  'take-back-ticket': { readonly ticketId: TicketId };
  'note-ticket': { readonly ticketId: TicketId; readonly note: string | null };
  'change-priority': { readonly ticketId: TicketId; readonly priority: PriorityId | null };
  /** Takes back the last act at the counter. */
  undo: { readonly counterId: CounterId };
  /** Numbers of one prefix, both ends included. */
  'void-tickets': { readonly prefix: string; readonly from: number; readonly to: number };
  /** `toAgentId: null`: to whoever serves it. */
  'reassign-tickets': { readonly agentId: StaffId; readonly toAgentId: StaffId | null };
  /** What time brings by itself: whatever is due by now. */
  'run-timers': Record<never, never>;
  /** The set-up's tables were written: from here on every node works with this revision. */
  'change-setup': { readonly revision: number };
}

export type CommandType = keyof CommandData;

export type Command<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K; readonly commandId: CommandId; readonly actor: Actor } & CommandData[K];
}[T];
