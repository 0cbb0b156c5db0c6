import type { Translate } from '../locales/translate.ts';
import type { ReportBy, ReportFigures, ReportRow } from '../protocol/report.ts';
import { clockText } from './clock-text.ts';
import { dateText } from './date-text.ts';
import type { HallNames } from './hall-names.ts';

/** What a row of a report is about, in words (REPORT-4). */
export const sayRow = (
  { key, name, number }: Pick<ReportRow, 'key' | 'name' | 'number'>,
  by: ReportBy,
  say: Translate,
  names: Pick<HallNames, 'say'>,
  language: string,
): string => {
  if (name) return names.say(name, language);
  if (number !== undefined) return say('counter.number', { number });
  switch (by) {
    case 'day':
      return `${dateText(say, key)} ${key.slice(0, 4)}`;
    case 'hour':
      return `${key}:00–${key}:59`;
    case 'weekday':
      return say('report.weekday', { weekday: key });
    case 'channel':
      return say('report.channel', { channel: key });
    case 'priority':
      return key === '' ? say('report.ordinary') : key;
    default:
      return key === '' ? say('report.nobody') : key;
  }
};

/** A length of whole seconds as `m:ss`, `–` of none. */
export const lengthText = (seconds: number | null): string => (seconds === null ? '–' : clockText(seconds * 1_000));

/** A share in whole percent, `–` of nothing. */
export const percentText = ({ count, of }: { readonly count: number; readonly of: number }): string =>
  of === 0 ? '–' : `${Math.round((count / of) * 100)} %`;

type Told = ReportFigures['told'];

/** Of those who were told a range and called, how many were called sooner than it, within it or later (REPORT-20). */
export const shareOfTold = (told: Told, how: keyof Told): { readonly count: number; readonly of: number } => ({
  count: told[how],
  of: told.sooner + told.within + told.later,
});

/** The same of those who waited no longer than they were told. */
export const keptOf = (told: Told): { readonly count: number; readonly of: number } => ({
  count: told.sooner + told.within,
  of: told.sooner + told.within + told.later,
});
