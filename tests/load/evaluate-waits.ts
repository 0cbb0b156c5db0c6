import type { RecordedVisit } from '@antrean/server/rehearsal/recorded-day.ts';
import { estimateWait, learnWait, nothingLearnt, type WaitBasis } from '@antrean/shared/domain/expected-wait.ts';
import { ClassicPredictors, type Classics, classicNames, type ClassicName, constantOf } from './classic-waits.ts';
import { median } from './figures.ts';
import { momentsOf } from './recorded-situations.ts';

/** What was said to somebody who then waited and was served, and how long it was. Seconds. */
export interface SaidWait {
  readonly day: number;
  readonly waited: number;
  readonly p50: number;
  readonly p90: number;
  readonly restsOn: WaitBasis;
  readonly classics: Classics;
}

/** Errors and losses in seconds, shares from 0 to 1. */
export interface WaitFigures {
  readonly model: {
    readonly mae: number;
    readonly medianAe: number;
    readonly underP50: number;
    readonly underP90: number;
    readonly pinball90: number;
    readonly n: number;
  };
  readonly classics: Readonly<Record<ClassicName, ClassicFigures>>;
}

interface ClassicFigures {
  readonly mae: number;
  readonly medianAe: number;
  readonly underP90: number;
  readonly pinball90: number;
  /** What its value is multiplied with for its P90, found on the same waits: it has seen them all, ours has not. */
  readonly constant: number;
}

/** Goes through the days once, in the order of time: what is said to a visitor rests on what was over by then. */
export const sayWaits = (days: ReadonlyMap<number, readonly RecordedVisit[]>): SaidWait[] => {
  let learnt = nothingLearnt();
  const classics = new ClassicPredictors();
  const said: SaidWait[] = [];
  for (const [day, visits] of days) {
    const began = { observation: { kind: 'day-began' } } as const;
    for (const moment of [began, ...momentsOf(visits)]) {
      const { observation } = moment;
      if (observation.kind === 'joined' && 'visit' in moment && countsIn(moment.visit)) {
        const told = estimateWait(learnt, observation.situation);
        if (!told) throw new Error('a situation of a record has no counter');
        said.push({
          day,
          waited: moment.visit.waitedSeconds,
          p50: told.p50Ms / 1_000,
          p90: told.p90Ms / 1_000,
          restsOn: told.restsOn,
          classics: classics.say(moment),
        });
      }
      learnt = learnWait(learnt, observation);
      classics.see(moment);
    }
  }
  return said;
};

/** Whose waits are judged: those of people who waited and were served. It decides nothing of what is said to them. */
const countsIn = (visit: RecordedVisit | undefined): visit is RecordedVisit =>
  visit?.outcome === 'served' && visit.waitedSeconds > 0;

/** @throws when there is no wait to judge */
export const figuresOf = (said: readonly SaidWait[]): WaitFigures => {
  if (said.length === 0) throw new Error('nobody waited and was served');
  const waits = said.map(({ waited }) => waited);
  const p50 = said.map((each) => each.p50);
  const p90 = said.map((each) => each.p90);
  const classics = classicNames.map((name): [ClassicName, ClassicFigures] => {
    const values = said.map((each) => each.classics[name]);
    const constant = constantOf(waits, values);
    const upper = values.map((value) => constant * value);
    const { mae, medianAe } = errorsOf(waits, values);
    return [name, { mae, medianAe, underP90: shareUnder(waits, upper), pinball90: pinball90(waits, upper), constant }];
  });
  return {
    model: {
      ...errorsOf(waits, p50),
      underP50: shareUnder(waits, p50),
      underP90: shareUnder(waits, p90),
      pinball90: pinball90(waits, p90),
      n: said.length,
    },
    classics: Object.fromEntries(classics) as Record<ClassicName, ClassicFigures>,
  };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const errorsOf = (waits: readonly number[], values: readonly number[]): { mae: number; medianAe: number } => {
  const errors = waits.map((wait, index) => Math.abs(wait - (values[index] ?? NaN)));
  return { mae: mean(errors), medianAe: median(errors) };
};

const shareUnder = (waits: readonly number[], values: readonly number[]): number =>
  mean(waits.map((wait, index) => (wait <= (values[index] ?? NaN) ? 1 : 0)));

/** Pinball loss of the 90 % point: 0.9 for each second it was too low, 0.1 for each it was too high. */
const pinball90 = (waits: readonly number[], values: readonly number[]): number =>
  mean(
    waits.map((wait, index) => {
      const over = wait - (values[index] ?? NaN);
      return over >= 0 ? 0.9 * over : -0.1 * over;
    }),
  );
