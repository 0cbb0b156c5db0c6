import { Temporal } from 'temporal-polyfill';
import { businessDate } from './business-day.ts';
import type { Hall } from './hall.ts';
import { reachedAt } from './local-time.ts';
import { looksAheadDays } from './next-issuing.ts';
import { hoursOn } from './opening-hours.ts';
import type { BranchSetup } from './setup.ts';

/**
 * When the hours of a hall whose day is closed begin next (HOURS-6). A date whose business day was closed before its time
 * is over: the hall does not open it again by itself (DAY-5).
 *
 * @param now epoch ms
 * @returns epoch ms, past where the hall is about to open; `null` where that is not within a month
 */
export const nextOpening = (
  { day }: Pick<Hall, 'day'>,
  { hours, zone, dayStartsAt }: Pick<BranchSetup, 'hours' | 'zone' | 'dayStartsAt'>,
  now: number,
): number | null => {
  const first = Temporal.PlainDate.from(businessDate(now, zone, '00:00'));
  for (let days = 0; days <= looksAheadDays; days++) {
    const date = first.add({ days });
    const ofDate = hoursOn(hours, date.toString());
    if (!ofDate || reachedAt(date, ofDate.closes, zone) <= now) continue;
    const opensAt = reachedAt(date, ofDate.opens, zone);
    if (!day || day.date < businessDate(opensAt, zone, dayStartsAt)) return opensAt;
  }
  return null;
};
