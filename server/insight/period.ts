/** Of an instant, `YYYY-MM-DD` in UTC. @param at epoch ms */
export const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Business days `YYYY-MM-DD`, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}
