import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';

const serials = 1_000_000;

/**
 * Order in a live line: by place, then by issue, as in the hall. Counted from the business date, so that every serial has room:
 * many appointments share one hour. Exact in a double for a million tickets a day on the hundred days around the date.
 */
export const lineScore = (
  { day }: Pick<Hall, 'day'>,
  { queuedAt, serial }: Pick<Ticket, 'queuedAt' | 'serial'>,
): string => String((queuedAt - Date.parse(day?.date ?? '1970-01-01')) * serials + serial);
