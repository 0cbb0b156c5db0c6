import type { Actor } from './events.ts';
import type { CommandId, CounterId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';
import type { Channel } from './ticket.ts';

/** What a sender may ask for: imperative, named by its verb. */
export interface CommandData {
  'open-day': { readonly date: string };
  'close-day': Record<never, never>;
  'open-counter': { readonly counterId: CounterId; readonly agentId: StaffId };
  'pause-counter': { readonly counterId: CounterId; readonly reason: string };
  'resume-counter': { readonly counterId: CounterId };
  'close-counter': { readonly counterId: CounterId };
  'issue-ticket': {
    readonly serviceId: ServiceId;
    readonly priority: PriorityId | null;
    readonly channel: Channel;
    /** `null`: the hall's default. */
    readonly language: string | null;
  };
  'call-next': { readonly counterId: CounterId };
  'call-ticket': { readonly counterId: CounterId; readonly ticketId: TicketId };
  recall: { readonly counterId: CounterId };
  start: { readonly counterId: CounterId };
  finish: { readonly counterId: CounterId; readonly outcome: string | null };
  miss: { readonly counterId: CounterId };
  'cancel-ticket': { readonly ticketId: TicketId };
  /** The set-up's tables were written: from here on every node works with this revision. */
  'change-setup': { readonly revision: number };
}

export type CommandType = keyof CommandData;

export type Command<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K; readonly commandId: CommandId; readonly actor: Actor } & CommandData[K];
}[T];
