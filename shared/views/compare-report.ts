import type { MessageKey, Translate } from '../locales/translate.ts';
import type { ReportFigures, ReportRow, ReportView } from '../protocol/report.ts';
import { keptOf, lengthText, percentText } from './say-report.ts';

/** Of fewer measured in either period a difference says little (REPORT-7). */
export const fewCompared = 30;

/** A figure of two periods, in words. */
export interface ComparedFigure {
  readonly id: string;
  readonly name: string;
  readonly now: string;
  readonly earlier: string;
  /** How many were measured. */
  readonly ofNow: number;
  readonly ofEarlier: number;
  /** With sign and word. */
  readonly difference: string;
  readonly isFew: boolean;
  /** It is a number itself. */
  readonly isCount: boolean;
}

type Figure = { readonly id: string; readonly name: MessageKey } & (
  | { readonly kind: 'count'; readonly of: (figures: ReportFigures) => number }
  | { readonly kind: 'length'; readonly of: (figures: ReportFigures) => { count: number; seconds: number | null } }
  | { readonly kind: 'share'; readonly of: (figures: ReportFigures) => { count: number; of: number } }
);

const figures: readonly Figure[] = [
  { id: 'joined', name: 'report.joined', kind: 'count', of: ({ joined }) => joined },
  {
    id: 'wait',
    name: 'report.waitMedian',
    kind: 'length',
    of: ({ wait }) => ({ ...wait, seconds: wait.medianSeconds }),
  },
  { id: 'waitP90', name: 'report.waitP90', kind: 'length', of: ({ wait }) => ({ ...wait, seconds: wait.p90Seconds }) },
  { id: 'within', name: 'report.within', kind: 'share', of: ({ withinTarget }) => withinTarget },
  { id: 'kept', name: 'report.kept', kind: 'share', of: ({ told }) => keptOf(told) },
  {
    id: 'walk',
    name: 'report.walkMedian',
    kind: 'length',
    of: ({ walk }) => ({ ...walk, seconds: walk.medianSeconds }),
  },
  {
    id: 'service',
    name: 'report.serviceMedian',
    kind: 'length',
    of: ({ service }) => ({ ...service, seconds: service.medianSeconds }),
  },
  { id: 'standard', name: 'report.withinStandard', kind: 'share', of: ({ withinStandard }) => withinStandard },
  { id: 'done', name: 'report.done', kind: 'count', of: ({ done }) => done },
  { id: 'moved', name: 'report.moved', kind: 'count', of: ({ moved }) => moved },
  { id: 'abandoned', name: 'report.abandoned', kind: 'share', of: ({ abandoned }) => abandoned },
  { id: 'noShows', name: 'report.noShows', kind: 'share', of: ({ noShows }) => noShows },
  { id: 'rejoined', name: 'report.rejoined', kind: 'share', of: ({ rejoined }) => rejoined },
  { id: 'outOfTurn', name: 'report.outOfTurn', kind: 'share', of: ({ outOfTurn }) => outOfTurn },
];

/** Those that are told of each row, too. */
export const comparedByRow = ['joined', 'wait', 'within', 'service', 'abandoned'] as const;

/** Each figure of two periods and its difference: shares in points, lengths in minutes and seconds. */
export const compareFigures = (
  now: ReportFigures,
  earlier: ReportFigures,
  targetMinutes: number,
  say: Translate,
  language: string,
): ComparedFigure[] => {
  const number = new Intl.NumberFormat(language);
  return figures.map((figure): ComparedFigure => {
    const told = toldOf(figure, now, earlier, say, number);
    return {
      id: figure.id,
      name: say(figure.name, { minutes: targetMinutes }),
      ...told,
      isCount: figure.kind === 'count',
      isFew: Math.min(told.ofNow, told.ofEarlier) < fewCompared,
    };
  });
};

const toldOf = (
  figure: Figure,
  now: ReportFigures,
  earlier: ReportFigures,
  say: Translate,
  number: Intl.NumberFormat,
): Pick<ComparedFigure, 'now' | 'earlier' | 'ofNow' | 'ofEarlier' | 'difference'> => {
  switch (figure.kind) {
    case 'count': {
      const [a, b] = [figure.of(now), figure.of(earlier)];
      const difference = said(say, 'report.diffCount', a - b, (by) => number.format(by));
      return { now: number.format(a), earlier: number.format(b), ofNow: a, ofEarlier: b, difference };
    }
    case 'length': {
      const [a, b] = [figure.of(now), figure.of(earlier)];
      const by = a.seconds === null || b.seconds === null ? null : a.seconds - b.seconds;
      return {
        ...{ now: lengthText(a.seconds), earlier: lengthText(b.seconds), ofNow: a.count, ofEarlier: b.count },
        difference: said(say, 'report.diffLength', by, lengthText),
      };
    }
    case 'share': {
      const [a, b] = [figure.of(now), figure.of(earlier)];
      // Of the percentages that are shown: 33 % and 35 % are two points apart.
      const by = a.of === 0 || b.of === 0 ? null : percentOf(a) - percentOf(b);
      return {
        ...{ now: percentText(a), earlier: percentText(b), ofNow: a.of, ofEarlier: b.of },
        difference: said(say, 'report.diffShare', by, (points) => number.format(points)),
      };
    }
  }
};

const percentOf = ({ count, of }: { readonly count: number; readonly of: number }): number =>
  Math.round((count / of) * 100);

/** @param by `null`: one of the periods has nothing to compare */
const said = (say: Translate, key: MessageKey, by: number | null, amount: (by: number) => string): string =>
  by === null
    ? say('report.diffNone')
    : say(key, {
        direction: by > 0 ? 'up' : by < 0 ? 'down' : 'same',
        count: Math.abs(by),
        amount: amount(Math.abs(by)),
      });

/**
 * The rows of a report, each with what it is compared with: the one of the same key, of days the one that is as far from the
 * beginning of its period.
 */
export const pairRows = ({ by, from, rows, compared }: ReportView): { row: ReportRow; earlier: ReportRow | null }[] => {
  const daysFrom = (first: string, day: string): string => String((Date.parse(day) - Date.parse(first)) / 86_400_000);
  const keyOf = (row: ReportRow, first: string): string => (by === 'day' ? daysFrom(first, row.key) : row.key);
  const earlier = new Map(compared?.rows.map((row) => [keyOf(row, compared.from), row]));
  return rows.map((row) => ({ row, earlier: earlier.get(keyOf(row, from)) ?? null }));
};
