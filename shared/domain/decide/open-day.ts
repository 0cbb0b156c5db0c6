import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** Opens the business day (DAY-2). A day that was closed may be opened again, an earlier one never (DAY-3). */
export const openDay: Decider<'open-day'> = (hall, _setup, { date }) => {
  if (hall.day?.isOpen) return refuse('DAY_ALREADY_OPEN', { date: hall.day.date });
  if (hall.day && date < hall.day.date) return refuse('DAY_GOES_BACK', { date, latest: hall.day.date });
  return accept(event('day.opened', { date, setupRevision: hall.setupRevision }));
};
