import { Temporal } from 'temporal-polyfill';

/**
 * The business day of an instant: the local date of the branch's zone, counted from `dayStartsAt` instead of midnight
 * (DAY-1). An hour after midnight in a hall whose day starts at 04:00 still belongs to the day before.
 *
 * @param at epoch ms
 * @param zone IANA zone
 * @param dayStartsAt local time `HH:MM`
 * @returns `YYYY-MM-DD`
 */
export const businessDate = (at: number, zone: string, dayStartsAt: string): string => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const begins = Temporal.PlainTime.from(dayStartsAt);
  const isBeforeStart = Temporal.PlainTime.compare(local.toPlainTime(), begins) < 0;
  return local
    .toPlainDate()
    .subtract({ days: isBeforeStart ? 1 : 0 })
    .toString();
};
