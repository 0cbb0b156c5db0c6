import type { Lengths, ReportFigures } from '@antrean/shared/protocol/report.ts';

/** What is counted of some legs. */
export interface Counts {
  readonly joined: number;
  readonly called: number;
  readonly inTarget: number;
  readonly inStandard: number;
  readonly ofStandard: number;
  readonly done: number;
  readonly moved: number;
  readonly abandoned: number;
  readonly noShows: number;
  readonly missed: number;
  readonly rejoined: number;
  readonly recalled: number;
  readonly chosen: number;
  /** Of the called ones to whom a range was told: called before it, within it, after it. */
  readonly sooner: number;
  readonly inRange: number;
  readonly later: number;
  readonly open: number;
}

export type Measure = 'wait' | 'walk' | 'service';

export const nothing: Counts = {
  joined: 0,
  called: 0,
  inTarget: 0,
  inStandard: 0,
  ofStandard: 0,
  done: 0,
  moved: 0,
  abandoned: 0,
  noShows: 0,
  missed: 0,
  rejoined: 0,
  recalled: 0,
  chosen: 0,
  sooner: 0,
  inRange: 0,
  later: 0,
  open: 0,
};

export const added = (a: Counts, b: Counts): Counts => {
  const fields = Object.keys(nothing) as (keyof Counts)[];
  return Object.fromEntries(fields.map((field) => [field, a[field] + b[field]])) as unknown as Counts;
};

export const figuresOf = (counts: Counts, lengthsOf: (measure: Measure) => Lengths): ReportFigures => ({
  joined: counts.joined,
  called: counts.called,
  wait: lengthsOf('wait'),
  walk: lengthsOf('walk'),
  service: lengthsOf('service'),
  withinTarget: { count: counts.inTarget, of: counts.called },
  withinStandard: { count: counts.inStandard, of: counts.ofStandard },
  told: { sooner: counts.sooner, within: counts.inRange, later: counts.later },
  done: counts.done,
  moved: counts.moved,
  abandoned: { count: counts.abandoned, of: counts.called + counts.abandoned },
  noShows: { count: counts.noShows, of: counts.called },
  rejoined: { count: counts.rejoined, of: counts.missed },
  recalled: counts.recalled,
  outOfTurn: { count: counts.chosen, of: counts.called },
  open: counts.open,
});
