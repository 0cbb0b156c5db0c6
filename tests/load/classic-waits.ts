import type { Moment } from './recorded-situations.ts';

/** What the four classics would have said to somebody who joins, in seconds. */
export type Classics = Readonly<Record<ClassicName, number>>;
export const classicNames = ['position', 'lastEntered', 'headOfLine', 'zero'] as const;
export type ClassicName = (typeof classicNames)[number];

/** Before the first service of the file. */
const firstMeanSeconds = 300;

/**
 * The four classics along a record (names and last two of Ibrahim & Whitt, 2009): `position` is (people ahead + 1) ×
 * mean service time of the day ÷ agents at work, with the same people and agents as our own estimate has; `lastEntered`
 * what the last person called from the line had waited; `headOfLine` what the longest waiting has waited so far; `zero` 0.
 */
export class ClassicPredictors {
  #services = 0;
  #serviceSeconds = 0;
  #meanBefore = firstMeanSeconds;
  #lastEntered = 0;

  see({ observation, visit }: Moment): void {
    if (observation.kind === 'served') {
      this.#services += 1;
      this.#serviceSeconds += observation.durationMs / 1_000;
    } else if (observation.kind === 'called' && visit && visit.waitedSeconds > 0) {
      this.#lastEntered = visit.waitedSeconds;
    } else if (observation.kind === 'day-began') {
      this.#meanBefore = this.#mean();
      this.#services = this.#serviceSeconds = this.#lastEntered = 0;
    }
  }

  say({ observation }: Moment): Classics {
    if (observation.kind !== 'joined') throw new Error(`nobody asks when a visitor is ${observation.kind}`);
    const { ahead, counters, longestWaitMs } = observation.situation;
    return {
      position: ((ahead.length + 1) * this.#mean()) / counters,
      lastEntered: this.#lastEntered,
      headOfLine: longestWaitMs / 1_000,
      zero: 0,
    };
  }

  #mean(): number {
    return this.#services > 0 ? this.#serviceSeconds / this.#services : this.#meanBefore;
  }
}

/**
 * The constant that, times a classic's values, makes its P90: the one that puts 90 % of the waits under it. Where none
 * does - a value of 0 stays 0 - the one that has the least pinball loss, which is as kind as can be to the classic.
 */
export const constantOf = (waits: readonly number[], values: readonly number[]): number => {
  const pairs = waits
    .map((wait, index) => ({ value: values[index] ?? 0, ratio: wait / (values[index] ?? 0) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => a.ratio - b.ratio);
  const needed = Math.ceil(waits.length * 0.9);
  const reached = pairs[needed - 1];
  if (reached) return reached.ratio;
  const total = pairs.reduce((sum, { value }) => sum + value, 0);
  let below = 0;
  for (const { value, ratio } of pairs) {
    below += value;
    if (below >= 0.9 * total) return ratio;
  }
  return 1;
};
