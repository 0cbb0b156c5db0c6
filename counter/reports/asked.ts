import type { ReportBy } from '@antrean/shared/protocol/report.ts';
import { dateIn } from '@antrean/shared/views/date-text.ts';

/** What a report is asked for, as the page's address says it, so that it can be sent to others. */
export type Asked = {
  readonly from: string;
  readonly to: string;
  readonly by: ReportBy;
  readonly targetMinutes: string;
  /** Of the hall that the address names, or of all that the account may see. */
  readonly halls: 'one' | 'all';
  /** `before`, `year`, `from..to`; empty: with nothing. */
  readonly compare: string;
};

const ofAny = ['day', 'hour', 'weekday', 'agency', 'service', 'priority', 'channel'] as const;
/** Counters and agents are a hall's own. */
const bys: Readonly<Record<Asked['halls'], readonly ReportBy[]>> = {
  one: ['day', 'hour', 'weekday', 'agency', 'service', 'counter', 'agent', 'priority', 'channel'],
  all: ['branch', ...ofAny],
};
export const bysOf = (halls: Asked['halls']): readonly ReportBy[] => bys[halls];

const dayMs = 86_400_000;

/** Thirty days up to today, by day. @param now epoch ms */
export const usualAsked = (zone: string, targetMinutes: number, now: number): Asked => ({
  from: dateIn(zone, now - 29 * dayMs),
  to: dateIn(zone, now),
  by: 'day',
  targetMinutes: String(targetMinutes),
  halls: 'one',
  compare: '',
});

/** What the address does not say, or not rightly, is as usual. @param mayAll whether all halls may be asked about */
export const readAsked = (usual: Asked, mayAll: boolean): Asked => {
  const said = new URLSearchParams(location.search);
  const pick = (key: keyof Asked, isRight: (text: string) => boolean): string => {
    const text = said.get(key);
    return text !== null && isRight(text) ? text : usual[key];
  };
  const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  const halls = mayAll && said.get('halls') === 'all' ? 'all' : 'one';
  return {
    from: pick('from', isDate),
    to: pick('to', isDate),
    by: pick('by', (text) => (bysOf(halls) as readonly string[]).includes(text)) as ReportBy,
    targetMinutes: pick('targetMinutes', (text) => /^[1-9]\d{0,3}$/.test(text)),
    halls,
    compare: pick('compare', (text) => /^(before|year|\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2})$/.test(text)),
  };
};

/** The same of one hall or of all: what that cannot be split by is split as usual. */
export const withHalls = (asked: Asked, halls: Asked['halls']): Asked => ({
  ...asked,
  halls,
  by: bysOf(halls).includes(asked.by) ? asked.by : bysOf(halls)[0]!,
});

/** What the server is asked. */
export const questionOf = ({ halls: _halls, compare, ...asked }: Asked): string =>
  new URLSearchParams({ ...asked, ...(compare !== '' && { compare }) }).toString();

/** Changes the address, not the history. */
export const writeAsked = (asked: Asked): void => history.replaceState(history.state, '', searchOf(asked));

/** The address of a page that asks so. */
export const searchOf = (asked: Asked, branchId?: string): string => {
  const said = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(asked)) said.set(key, value);
  if (asked.compare === '') said.delete('compare');
  if (branchId !== undefined) said.set('branch', branchId);
  return `?${said.toString()}`;
};
