import { sortedMap, type SortedMap } from './sorted-map.ts';

/** What is known of a wait while it lasts: numbers that every wait has, and the groups it is in. */
export interface Traits {
  readonly numbers: readonly number[];
  readonly groups: readonly string[];
}

/**
 * One quantile of a positive quantity in units of its own, learnt one observation after another:
 * log q = weights · numbers + the offsets of its groups. The first number is always 1, so its weight is the level.
 */
export interface WaitQuantile {
  /** The share that is to lie below: 0.5, 0.9. */
  readonly share: number;
  readonly weights: readonly Weight[];
  readonly offsets: SortedMap<string, Weight>;
}

interface Weight {
  readonly value: number;
  /** Sum of the squared steps asked for so far: the more it was moved, the smaller its next step. */
  readonly moved: number;
}

const stepSize = 0.03;
/** How far the level moves when what was said was wrong; see `learnQuantile`. */
const levelStep = 0.015;
/** A long wait counts more than a short one, up to so many times: what is judged is seconds, not factors. */
const heaviest = 4;
/** So that nothing that is learnt, and nobody's thousand people ahead, makes a range endless. */
const widestLog = 9;

/**
 * The logarithm of the quantile of a sum of `turns` exponential times of mean 1, for `normal`, the same quantile of the
 * normal distribution (Wilson & Hilferty, "The Distribution of Chi-Square", PNAS 17, 1931): the textbook's wait behind
 * `turns - 1` people, in steps, where all counters are busy.
 */
export const logErlangQuantile = (turns: number, normal: number): number =>
  Math.log(turns) + 3 * Math.log(1 - 1 / (9 * turns) + normal / (3 * Math.sqrt(turns)));

export const startQuantile = (share: number, weights: readonly number[]): WaitQuantile => ({
  share,
  weights: weights.map((value) => ({ value, moved: 1 })),
  offsets: sortedMap(),
});

/** The quantile, in the unit of the waits it learnt. */
export const readQuantile = ({ weights, offsets }: WaitQuantile, { numbers, groups }: Traits): number => {
  const common = weights.reduce((sum, { value }, index) => sum + value * (numbers[index] ?? 0), 0);
  const log = groups.reduce((sum, group) => sum + (offsets.get(group)?.value ?? 0), common);
  return Math.exp(Math.min(widestLog, Math.max(-widestLog, log)));
};

/**
 * Learns that a wait with these traits lasted `wait` when `said` had been told, both in the quantile's unit.
 *
 * `spread` is how far waits usually are from what is said, on the same logarithmic scale; both steps are in parts of it,
 * so that a hall whose waits are regular is not made to waver by steps that suit an irregular one.
 *
 * Two steps. The weights follow the gradient of the pinball loss (Koenker & Bassett, "Regression Quantiles",
 * Econometrica 46, 1978: its least expected value is at the quantile), each with a step that shrinks with its own history
 * (AdaGrad: Duchi, Hazan & Singer, JMLR 12, 2011). The level moves besides by a fixed step up when the wait was longer
 * than what was *said* and down when not, in the proportion that keeps it still when `share` of the waits lie below
 * (Gibbs & Candès, "Adaptive Conformal Inference Under Distribution Shift", NeurIPS 2021): whatever else is wrong, the
 * share of waits under what is said comes back to `share`. The weight of the second number, people ahead, stays at 0 or
 * above: more people never make a shorter wait.
 */
export const learnQuantile = (
  quantile: WaitQuantile,
  traits: Traits,
  { wait, said, spread }: { readonly wait: number; readonly said: number; readonly spread: number },
): WaitQuantile => {
  const { share } = quantile;
  const now = readQuantile(quantile, traits);
  const push = excess(wait <= now, share) * Math.min(heaviest, now / 2);
  const move = (weight: Weight, gradient: number): Weight => moveWeight(weight, gradient, spread);
  const weights = quantile.weights.map((weight, index) => move(weight, push * (traits.numbers[index] ?? 0)));
  const [level, ahead, ...others] = weights as [Weight, Weight, ...Weight[]];
  const offsets = quantile.offsets.clone();
  for (const group of traits.groups) offsets.set(group, move(offsets.get(group) ?? { value: 0, moved: 1 }, push));
  return {
    share,
    weights: [
      { ...level, value: level.value - spread * levelStep * excess(wait <= said, share) },
      { ...ahead, value: Math.max(0, ahead.value) },
      ...others,
    ],
    offsets,
  };
};

/** A quantile that nothing is known to bear on: only the second step, for a value that is said as it is. */
export const nextLevel = (value: number, observed: number, share: number): number =>
  value * Math.exp(-levelStep * excess(observed <= value, share));

const excess = (isBelow: boolean, share: number): number => (isBelow ? 1 : 0) - share;

const moveWeight = ({ value, moved }: Weight, gradient: number, spread: number): Weight => {
  const total = moved + gradient * gradient;
  return { value: value - (spread * stepSize * gradient) / Math.sqrt(total), moved: total };
};
