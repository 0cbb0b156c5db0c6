import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { dateIn } from '@antrean/shared/views/date-text.ts';
import { madeLedger } from './made-ledger.ts';

const dayMs = 86_400_000;
/** So much of the last day is over: a made day lasts seven hours, and it is midday. */
const part = 0.6;

/**
 * The events of made days that end today in the middle of the day, a moment ago. The blueprint's zone is one where it is midday.
 *
 * @param daysBack which days before today, such as 7 for a week ago
 */
export const daySoFar = (
  blueprint: Blueprint,
  { daysBack, ticketsADay, counters }: { daysBack: readonly number[]; ticketsADay: number; counters: number },
): HallEvent[] => {
  const now = Date.now();
  const dates = [...daysBack, 0].sort((a, b) => b - a).map((back) => dateIn(blueprint.zone, now - back * dayMs));
  const events = madeLedger({ blueprint, seed: 5, dates, ticketsADay, counters, isLastOpen: true });
  const opened = events.findLast(({ type }) => type === 'day.opened')!;
  const last = opened.version + Math.floor((events.length - opened.version) * part);
  const later = now - 1_000 - events[last - 1]!.at;
  return events.slice(0, last).map((event) => ({ ...event, at: event.at + later }));
};
