import type { CommandId, CounterId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';
import type { Leg, Reservation, TicketStatus } from './ticket.ts';

/** A ticket as the check of a ledger knows it. */
export interface SeenTicket {
  readonly number: string;
  readonly serial: number;
  readonly priority: PriorityId | null;
  serviceId: ServiceId;
  legs: readonly Leg[];
  reservedFor: Reservation | null;
  queuedAt: number;
  status: TicketStatus;
  counterId: CounterId | null;
  /** Where it stood when its visitor left. */
  left: Pick<SeenTicket, 'status' | 'counterId'> | null;
}

interface SeenAct {
  readonly commandId: CommandId;
  readonly before: Map<TicketId, SeenTicket>;
  /** The services before each ticket right after the act: what is added later stays when it is taken back. */
  readonly legs: Map<TicketId, readonly Leg[]>;
}

/** A counter that is open. */
export interface SeenCounter {
  readonly agentId: StaffId;
  ticketId: TicketId | null;
  isPaused: boolean;
  /** How the tickets stood that the last command here moved. */
  act: SeenAct | null;
}

/** The line that a ticket waits in. */
export const lineKeyOf = ({ serviceId, priority, reservedFor }: SeenTicket): string =>
  JSON.stringify([serviceId, priority, reservedFor]);

/** Its place there, as text that sorts like it. */
export const placeOf = ({ queuedAt, serial }: SeenTicket): string =>
  `${String(queuedAt).padStart(14, '0')}|${String(serial).padStart(7, '0')}`;
