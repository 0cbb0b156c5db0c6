import { businessDate } from '../business-day.ts';
import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** How far ahead of the hall's own day one may be opened, ms: enough to rehearse the coming week. */
const aheadMs = 7 * 86_400_000;

/**
 * Opens the business day (DAY-2). A day that was closed may be opened again, an earlier one never (DAY-3), and none that
 * is far ahead (DAY-7).
 */
export const openDay: Decider<'open-day'> = (hall, { zone, dayStartsAt }, { date }, now) => {
  if (hall.day?.isOpen) return refuse('DAY_ALREADY_OPEN', { date: hall.day.date });
  if (hall.day && date < hall.day.date) return refuse('DAY_GOES_BACK', { date, latest: hall.day.date });
  const furthest = businessDate(now + aheadMs, zone, dayStartsAt);
  if (date > furthest) return refuse('DAY_AHEAD', { date, furthest });
  return accept(event('day.opened', { date, setupRevision: hall.setupRevision }));
};
