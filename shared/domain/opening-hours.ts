import { Temporal } from 'temporal-polyfill';
import { businessDate } from './business-day.ts';
import { reachedAt } from './local-time.ts';
import type { BranchSetup, DayHours, OpeningHours, Weekday } from './setup.ts';

/** How long before its hours begin a hall opens its day by itself, ms: agents take their places, early visitors a number. */
const opensBeforeMs = 30 * 60_000;

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The hours of a local date (`YYYY-MM-DD`), or null when the hall is closed all day. */
export const hoursOn = ({ week, exceptions = [] }: OpeningHours, date: string): DayHours | null => {
  const weekday: Weekday | undefined = weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1];
  const exception = exceptions.findLast(({ from, to }) => from <= date && date <= to);
  return (weekday && (exception?.week ?? week)[weekday]) ?? null;
};

/** A span of time, epoch ms: `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When a place with these hours serves on a local date (`YYYY-MM-DD`): from opening to closing without the breaks, in order. */
export const openOn = (hours: OpeningHours, zone: string, date: string): Span[] => {
  const day = hoursOn(hours, date);
  if (!day) return [];
  const { opens, closes, breaks = [] } = day;
  const at = (time: string): number => reachedAt(Temporal.PlainDate.from(date), time, zone);
  const begins = [opens, ...breaks.map(({ to }) => to)].map(at);
  const ends = [...breaks.map(({ from }) => from), closes].map(at);
  return begins.flatMap((from, index) => spanOf(from, ends[index] ?? from));
};

/** The time that lies in a span of both. */
export const overlapOf = (some: readonly Span[], others: readonly Span[]): Span[] =>
  some.flatMap((one) => others.flatMap((other) => spanOf(Math.max(one.from, other.from), Math.min(one.to, other.to))));

/** Nothing where the end is not after the beginning. */
const spanOf = (from: number, to: number): Span[] => (from < to ? [{ from, to }] : []);

/**
 * Whether a hall whose business day is not open opens it by itself at this instant: from half an hour before its hours
 * begin until they end (DAY-6).
 *
 * @param now epoch ms
 */
export const isTimeToOpen = (
  { hours, zone, dayStartsAt }: Pick<BranchSetup, 'hours' | 'zone' | 'dayStartsAt'>,
  now: number,
): boolean => {
  const date = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const ofToday = hoursOn(hours, date.toString());
  if (!ofToday) return false;
  const opensAt = reachedAt(date, ofToday.opens, zone);
  if (now < opensAt - opensBeforeMs || now >= reachedAt(date, ofToday.closes, zone)) return false;
  // Right before its hours it may still be the business day before.
  return businessDate(now, zone, dayStartsAt) === businessDate(opensAt, zone, dayStartsAt);
};
