import type { Translate } from '../locales/translate.ts';
import type { ReportBy, ReportRow } from '../protocol/report.ts';
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
