import type { WaitsView } from '../protocol/waits.ts';
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

/** What was told of the waits, by service. */
export const rangesOf = (told: BoardWaits | null): ReadonlyMap<string, WaitRange> =>
  new Map(told?.services.map((each) => [each.id, each]));

/** What is known of the wait of whoever comes now for a service. */
export type NewcomersWait = Pick<WaitsView['services'][number], 'serviceId' | 'expected'>;

/** The service for which whoever comes now waits longest, of those of which anything can be said; `null`: of none. */
export const slowestOf = (waits: readonly NewcomersWait[]): (WaitRange & { readonly serviceId: string }) | null => {
  const known = waits.flatMap(({ serviceId, expected }) =>
    expected && !expected.thin ? [{ serviceId, p90Ms: expected.p90Ms, ...waitRangeOf(expected) }] : [],
  );
  const slowest = known.reduce<(typeof known)[number] | null>((a, b) => (a && a.p90Ms >= b.p90Ms ? a : b), null);
  return slowest && { serviceId: slowest.serviceId, from: slowest.from, to: slowest.to };
};
