import { type LearntWaits, nothingLearnt } from './expected-wait.ts';
import { sortedMap, type SortedMap } from './sorted-map.ts';
import type { WaitQuantile } from './wait-quantile.ts';

type Entries<M> = M extends SortedMap<string, infer V> ? readonly (readonly [string, V])[] : never;

interface KeptQuantile extends Omit<WaitQuantile, 'offsets'> {
  readonly offsets: Entries<WaitQuantile['offsets']>;
}

/**
 * What a branch has learnt of its waits as it stands when a day begins, as plain data: JSON and back it is the same to the last
 * bit. Of the day before nothing goes on but this (`day-began`).
 */
export interface KeptWaits extends Pick<LearntWaits, 'atOnce' | 'waits' | 'usualLogStep' | 'spread'> {
  readonly times: Pick<LearntWaits['times'], 'all'> & {
    readonly byService: Entries<LearntWaits['times']['byService']>;
  };
  readonly p50: KeptQuantile;
  readonly p90: KeptQuantile;
}

export const keptWaits = ({ times, p50, p90, atOnce, waits, usualLogStep, spread }: LearntWaits): KeptWaits => ({
  ...{ atOnce, waits, usualLogStep, spread },
  times: { all: times.all, byService: times.byService.toArray() },
  p50: { ...p50, offsets: p50.offsets.toArray() },
  p90: { ...p90, offsets: p90.offsets.toArray() },
});

/** What was learnt goes on from there; the standards of the services are the set-up's. */
export const waitsKept = ({ times, p50, p90, ...others }: KeptWaits): LearntWaits => ({
  ...nothingLearnt(),
  ...others,
  times: { all: times.all, byService: mapOf(times.byService) },
  p50: { ...p50, offsets: mapOf(p50.offsets) },
  p90: { ...p90, offsets: mapOf(p90.offsets) },
});

const mapOf = <V>(entries: readonly (readonly [string, V])[]): SortedMap<string, V> =>
  sortedMap(entries.map(([key, value]): [string, V] => [key, value]));
