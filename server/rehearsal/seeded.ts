/** A source of chance that gives the same sequence for the same seed. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  readonly between: (min: number, max: number) => number;
  readonly happens: (probability: number) => boolean;
  /** The time to the next event of a Poisson process, in the unit of its mean. */
  readonly gap: (mean: number) => number;
  /** One of the items, each as likely as its weight; `null` when no weight is above 0. */
  readonly pick: <Item>(items: readonly Item[], weightOf: (item: Item) => number) => Item | null;
}

/** splitmix32: for a rehearsal, not for secrets. */
export const seeded = (seed: number): Chance => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (min, max) => min + next() * (max - min),
    happens: (probability) => next() < probability,
    gap: (mean) => -Math.log(1 - next()) * mean,
    pick: (items, weightOf) => {
      let left = next() * items.reduce((sum, item) => sum + weightOf(item), 0);
      for (const item of items) {
        const weight = weightOf(item);
        if (weight <= 0) continue;
        left -= weight;
        if (left < 0) return item;
      }
      return null;
    },
  };
};
