/** Where the picture stands, so that no dot of the panel shows the same for days (UX 4.1). */
export interface Spared {
  /** Dots to the right and down, at most 4. */
  readonly x: number;
  readonly y: number;
  /** Whether the large panel is on the other side. */
  readonly swaps: boolean;
}

/** The way the picture goes round, one step a minute. */
const steps = [
  [0, 0],
  [2, 1],
  [4, 2],
  [2, 4],
  [0, 2],
  [-2, 4],
  [-4, 2],
  [-2, 1],
] as const;

/**
 * All screens of a hall stand the same way: it hangs on the server's clock alone.
 *
 * @param now the server's clock, epoch ms
 * @param date of the hall, YYYY-MM-DD
 */
export const sparedAt = (now: number, date: string): Spared => {
  const [x, y] = steps[Math.floor(now / 60_000) % steps.length] ?? [0, 0];
  return { x, y, swaps: Math.floor(Date.parse(date) / 86_400_000) % 2 === 1 };
};
