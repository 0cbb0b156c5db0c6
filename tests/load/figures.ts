/** One figure: ours and its limit, taken in turn, round by round. */
export interface Figure {
  readonly ours: number;
  readonly limit: number;
  /** Median of the rounds' ratios. */
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

export const figureOf = (rounds: readonly { ours: number; limit: number }[], unit: string): Figure => {
  const ratios = rounds.map(({ ours, limit }) => ours / limit);
  return {
    ours: median(rounds.map(({ ours }) => ours)),
    limit: median(rounds.map(({ limit }) => limit)),
    ratio: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    unit,
  };
};
