import { Temporal } from 'temporal-polyfill';

/**
 * When the clocks of a zone first reach a time of a date (HOURS-4): a time that they skip is reached at the change, one that
 * they show twice at its first. So a later time is never reached earlier, whatever the zone does to its clocks.
 *
 * @param time local time `HH:MM`
 * @param zone IANA zone
 * @returns epoch ms
 */
export const reachedAt = (date: Temporal.PlainDate, time: string, zone: string): number => {
  const zoned = date.toZonedDateTime({ timeZone: zone, plainTime: time });
  if (zoned.toPlainDateTime().equals(date.toPlainDateTime(time))) return zoned.epochMilliseconds;
  // Skipped: Temporal answers with as much later as was skipped. One tick more, as that may be the change itself.
  const change = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return (change ?? zoned).epochMilliseconds;
};

/**
 * The first instant of a calendar date in a zone, epoch ms. Throws a `RangeError` for a date that there is not.
 *
 * @param date `YYYY-MM-DD`
 */
export const dateBeginsAt = (date: string, zone: string): number =>
  reachedAt(Temporal.PlainDate.from(date), '00:00', zone);

/** The date after. @param date `YYYY-MM-DD` */
export const dateAfter = (date: string): string => Temporal.PlainDate.from(date).add({ days: 1 }).toString();
