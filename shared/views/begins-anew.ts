import { timeIn } from './date-text.ts';

/** The hour of the hall in which a TV begins anew: a page that has been open for weeks has an old version, and grows. */
const hour = '03';
/** A page younger than this has begun anew already, ms. */
const oldAfterMs = 2 * 60 * 60_000;

/** How it stands in the hall of a TV. */
export interface Night {
  readonly zone: string;
  /** The server's clock, epoch ms. */
  readonly now: number;
  readonly isOpen: boolean;
}

/** Whether a page is to be loaded anew now: at night, and never while the day is open. @param ageMs of the page */
export const beginsAnew = ({ zone, now, isOpen }: Night, ageMs: number): boolean =>
  !isOpen && ageMs >= oldAfterMs && timeIn(zone, now).startsWith(hour);
