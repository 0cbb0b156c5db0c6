import type { Translate } from '../locales/translate.ts';

/** The calendar date in a zone as `YYYY-MM-DD`. @param now epoch ms */
export const dateIn = (zone: string, now: number): string => {
  // By its parts in English, which every browser knows.
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = new Map(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part.get('year')}-${part.get('month')}-${part.get('day')}`;
};

/** The local time of an instant in a zone as `HH:MM`. @param at epoch ms */
export const timeIn = (zone: string, at: number): string =>
  // With `hour12: false` older browsers write midnight as 24:00.
  new Intl.DateTimeFormat('en', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/**
 * A calendar date in words. From the catalogue, not from the browser: Chromium as Debian builds it writes November as
 * `M11` in Azerbaijani, and older TVs know fewer languages still.
 *
 * @param date `YYYY-MM-DD`
 */
export const dateText = (say: Translate, date: string): string => {
  const [, month = 1, day = 1] = date.split('-').map(Number);
  // 1 Monday … 7 Sunday (ISO 8601).
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return say('date.long', { weekday: String(weekday), day: String(day), month: String(month) });
};

/** A calendar date in words, with its year. @param date `YYYY-MM-DD` */
const fullDateText = (say: Translate, date: string): string => {
  const [year = '', month, day] = date.split('-');
  return say('date.full', { year, month: String(Number(month)), day: String(Number(day)) });
};

/** A day in words, or the first and the last of several. */
export const daysText = (say: Translate, { from, to }: { readonly from: string; readonly to: string }): string =>
  from === to ? fullDateText(say, from) : `${fullDateText(say, from)} – ${fullDateText(say, to)}`;

/**
 * An instant in words, with its year: for what is looked at long after.
 *
 * @param at epoch ms
 */
export const momentText = (say: Translate, zone: string, at: number): string =>
  `${fullDateText(say, dateIn(zone, at))}, ${timeIn(zone, at)}`;
