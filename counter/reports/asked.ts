import type { ReportBy } from '@antrean/shared/protocol/report.ts';
import { dateIn } from '@antrean/shared/views/date-text.ts';

/** What a report is asked for, as the page's address says it, so that it can be sent to others. */
export type Asked = {
  readonly from: string;
  readonly to: string;
  readonly by: ReportBy;
  readonly targetMinutes: string;
};

export const bys = [
  ...(['day', 'hour', 'weekday', 'agency', 'service', 'counter', 'agent', 'priority', 'channel'] as const),
] satisfies readonly ReportBy[];

const dayMs = 86_400_000;

/** Thirty days up to today, by day. @param now epoch ms */
export const usualAsked = (zone: string, targetMinutes: number, now: number): Asked => ({
  from: dateIn(zone, now - 29 * dayMs),
  to: dateIn(zone, now),
  by: 'day',
  targetMinutes: String(targetMinutes),
});

/** What the address does not say, or not rightly, is as usual. */
export const readAsked = (usual: Asked): Asked => {
  const said = new URLSearchParams(location.search);
  const pick = (key: keyof Asked, isRight: (text: string) => boolean): string => {
    const text = said.get(key);
    return text !== null && isRight(text) ? text : usual[key];
  };
  const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  return {
    from: pick('from', isDate),
    to: pick('to', isDate),
    by: pick('by', (text) => (bys as readonly string[]).includes(text)) as ReportBy,
    targetMinutes: pick('targetMinutes', (text) => /^[1-9]\d{0,3}$/.test(text)),
  };
};

/** Changes the address, not the history. */
export const writeAsked = (asked: Asked): void => {
  const said = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(asked)) said.set(key, value);
  history.replaceState(history.state, '', `?${said.toString()}`);
};
