import { dateOf, type Period } from '../insight/period.ts';
import { periodOf } from './asked-period.ts';

const dayMs = 24 * 3_600_000;

/**
 * The period that another is compared with, or `null` where that is none or too long.
 *
 * @param compare `before`, `year` or `from..to`
 * @param most days
 */
export const comparedPeriod = (compare: string, { from, to }: Period, most: number): Period | null => {
  if (compare === 'before') {
    const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
    return within({ from: dateOf(Date.parse(from) - days * dayMs), to: dateOf(Date.parse(from) - dayMs) }, most);
  }
  if (compare === 'year') return within({ from: yearBefore(from), to: yearBefore(to) }, most);
  const [first = '', last = ''] = compare.split('..');
  return within({ from: first, to: last }, most);
};

const within = (period: Period, most: number): Period | null =>
  isDay(period.from) && isDay(period.to) ? periodOf(period, period.to, most) : null;

const isDay = (day: string): boolean => {
  const at = Date.parse(day);
  return !Number.isNaN(at) && dateOf(at) === day;
};

/** Of the 29th of February the 28th. */
const yearBefore = (day: string): string => {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
  const same = `${year}${day.slice(4)}`;
  return isDay(same) ? same : `${year}-02-28`;
};
