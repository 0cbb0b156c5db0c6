import type { Hall } from '@antrean/shared/domain/hall.ts';

/** A hall as plain data, in key order, so that two of them can be compared. */
export const plainOf = (hall: Hall) => ({
  ...hall,
  tickets: hall.tickets.toArray(),
  waiting: hall.waiting.toArray(),
  lines: hall.lines.toArray(),
  counters: hall.counters.toArray(),
  lastNumbers: hall.lastNumbers.toArray(),
});
