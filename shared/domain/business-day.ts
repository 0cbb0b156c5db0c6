import { Temporal } from 'temporal-polyfill';
import { reachedAt } from './local-time.ts';

/**
 * The business day of an instant: the local date of the branch's zone, counted from `dayStartsAt` instead of midnight
 * (DAY-1). An hour after midnight in a hall whose day starts at 04:00 still belongs to the day before. It never goes back:
 * when the clocks are set back over `dayStartsAt`, the day that has begun goes on.
 *
 * @param at epoch ms
 * @param zone IANA zone
 * @param dayStartsAt local time `HH:MM`
 * @returns `YYYY-MM-DD`
 */
export const businessDate = (at: number, zone: string, dayStartsAt: string): string => {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  // Tomorrow may have begun when the clocks were set back over midnight.
  const begun = [today.add({ days: 1 }), today].find((date) => reachedAt(date, dayStartsAt, zone) <= at);
  return (begun ?? today.subtract({ days: 1 })).toString();
};

/**
 * When a business day is over for good: the next one may begin. It may have been closed before.
 *
 * @param date `YYYY-MM-DD`
 * @returns epoch ms
 */
export const businessDayEnd = (date: string, zone: string, dayStartsAt: string): number =>
  reachedAt(Temporal.PlainDate.from(date).add({ days: 1 }), dayStartsAt, zone);
