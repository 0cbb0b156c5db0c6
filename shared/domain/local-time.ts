import type { Temporal } from 'temporal-polyfill';

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
