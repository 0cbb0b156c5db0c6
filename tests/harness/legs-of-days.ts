import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { startDayLegs, type VisitLeg } from '@antrean/shared/domain/visit-legs.ts';

/** Every leg with its day, as the events of a ledger have them; the last day may be open. */
export const legsOfDays = (
  events: readonly HallEvent[],
  dates: readonly string[],
): (VisitLeg & { readonly day: string })[] =>
  dates.flatMap((day) => {
    const begins = events.findIndex((event) => event.type === 'day.opened' && event.data.date === day);
    const ends = events.findIndex((event) => event.type === 'day.closed' && event.data.date === day);
    const fold = startDayLegs();
    for (const event of events.slice(begins, ends === -1 ? events.length : ends + 1)) fold.take(event);
    return fold.all().map((leg) => ({ ...leg, day }));
  });
