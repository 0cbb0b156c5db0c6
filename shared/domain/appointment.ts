import { businessDate } from './business-day.ts';
import { clockTime } from './issuing-hours.ts';
import { type Decision, refuse } from './refusal.ts';
import type { BranchSetup } from './setup.ts';
import type { BookedPlace } from './ticket.ts';

/**
 * How an appointment of `bookedFor` is checked in on the business day `date`: its place, or why it is not (APPT-1).
 *
 * @param bookedFor the appointment's hour, epoch ms
 * @param now epoch ms
 */
export const checkIn = (
  { rules: { appointments }, zone, dayStartsAt }: BranchSetup,
  date: string,
  bookedFor: number,
  now: number,
): BookedPlace | Decision => {
  if (!appointments) return refuse('NO_APPOINTMENTS');
  const bookedDate = businessDate(bookedFor, zone, dayStartsAt);
  if (bookedDate !== date) return refuse('BOOKED_FOR_ANOTHER_DAY', { date: bookedDate });
  const from = bookedFor - appointments.earlyMs;
  if (now < from) {
    return refuse('CHECK_IN_TOO_EARLY', { from: clockTime(from, zone), bookedFor: clockTime(bookedFor, zone) });
  }
  return now <= bookedFor + appointments.lateMs ? 'booked' : 'walk-in';
};
