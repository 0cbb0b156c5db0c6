import type { BoardWaits } from '../protocol/screens.ts';

/** A wait as people are told it, in whole minutes. */
export interface WaitRange {
  readonly from: number;
  readonly to: number;
}

const stepMinutes = 5;

/**
 * In steps of five minutes, rounded up, and never down to nothing: a figure that jumps is believed less than a range
 * that holds (WAIT-5).
 */
export const waitRangeOf = ({ p50Ms, p90Ms }: { readonly p50Ms: number; readonly p90Ms: number }): WaitRange => {
  const up = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000 / stepMinutes)) * stepMinutes;
  const from = up(p50Ms);
  return { from, to: Math.max(up(p90Ms), from + stepMinutes) };
};

/** The range told for a service; none where nothing can be said of it, or too little is known yet to speak of it. */
export const knownRange = (
  waits: ReadonlyMap<string, WaitRange & { readonly thin: boolean }>,
  serviceId: string,
): WaitRange | undefined => {
  const wait = waits.get(serviceId);
  return wait?.thin ? undefined : wait;
};

/** What was told of the waits, by service. */
export const rangesOf = (told: BoardWaits | null): ReadonlyMap<string, BoardWaits['services'][number]> =>
  new Map(told?.services.map((each) => [each.id, each]));
