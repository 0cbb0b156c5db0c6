import type { CounterId, PriorityId, ServiceId, TicketId } from './ids.ts';

/** Where a ticket's life stands (ARCHITECTURE: a ticket's life; the cells are decided in `life.ts`). */
export type TicketStatus = 'waiting' | 'called' | 'serving' | 'missed' | 'done' | 'no-show' | 'cancelled';

export type Channel = 'kiosk' | 'reception' | 'phone' | 'api';

/** One ticket of the business day. Instants are epoch milliseconds. */
export interface Ticket {
  readonly id: TicketId;
  /** What people see and hear, such as `A012`. */
  readonly number: string;
  /** 1, 2, 3 … over the branch's business day: the order of issue, and the tie-break between equal waits. */
  readonly serial: number;
  readonly serviceId: ServiceId;
  /** `null` is the ordinary visitor. */
  readonly priority: PriorityId | null;
  readonly channel: Channel;
  readonly language: string;
  readonly status: TicketStatus;
  readonly issuedAt: number;
  /** From when the wait counts; equal to `issuedAt` until a transfer or a return says otherwise. */
  readonly queuedAt: number;
  readonly counterId: CounterId | null;
  readonly calledAt: number | null;
  /** How often it was called again. */
  readonly recalls: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export const isOpen = (status: TicketStatus): boolean =>
  status === 'waiting' || status === 'called' || status === 'serving' || status === 'missed';

export const isAtCounter = (status: TicketStatus): boolean => status === 'called' || status === 'serving';
