import { Temporal } from 'temporal-polyfill';

/** How often a report is sent: of each business day, week or month. */
export const reportRhythms = ['day', 'week', 'month'] as const;
export type ReportRhythm = (typeof reportRhythms)[number];

/** Business days `YYYY-MM-DD`, both inclusive. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/** The period that a day is in: itself, its week from Monday to Sunday (ISO 8601), its month. @param day `YYYY-MM-DD` */
export const periodAround = (every: ReportRhythm, day: string): Days => {
  if (every === 'day') return { from: day, to: day };
  const date = Temporal.PlainDate.from(day);
  const first = every === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 });
  const next = first.add(every === 'week' ? { weeks: 1 } : { months: 1 });
  return { from: first.toString(), to: next.subtract({ days: 1 }).toString() };
};

/** The period just after. */
export const periodAfter = (every: ReportRhythm, { to }: Days): Days =>
  periodAround(every, Temporal.PlainDate.from(to).add({ days: 1 }).toString());

/** The period just before. */
export const periodBefore = (every: ReportRhythm, { from }: Days): Days =>
  periodAround(every, Temporal.PlainDate.from(from).subtract({ days: 1 }).toString());

/** What a report compares its period with: a day with the same one of the week before, as no two weekdays are alike. */
export const periodCompared = (every: ReportRhythm, period: Days): Days =>
  every === 'day'
    ? periodAround('day', Temporal.PlainDate.from(period.from).subtract({ weeks: 1 }).toString())
    : periodBefore(every, period);
