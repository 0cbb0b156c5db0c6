import type { Ticket } from '@antrean/shared/domain/ticket.ts';

/** Order in a live line: by the instant the wait counts from, then by issue. Exact in a double until the year 2255. */
export const lineScore = ({ queuedAt, serial }: Pick<Ticket, 'queuedAt' | 'serial'>): string =>
  String(queuedAt * 1_000 + (serial % 1_000));
