import type { BranchSetup } from './setup.ts';
import { sortedMap, type SortedMap } from './sorted-map.ts';

/** How long counters were taken by one visitor lately, over all services and by service. Durations in ms. */
export interface ServiceTimes {
  readonly all: RecentMean;
  readonly byService: SortedMap<string, RecentMean>;
}

/** A mean in which the latest `remembered` count most: each later one takes a share of the weight of those before. */
interface RecentMean {
  readonly count: number;
  readonly meanMs: number;
}

/** A hall has some 60 services in the half hour in which its pace changes. */
const remembered = 60;
/** As much as this many services the standard weighs: after as many real ones it is half of the mean. */
const standardWeighs = 5;
/** Where neither a standard nor a service is known. */
const unknownMs = 10 * 60_000;
/** Longer than so many times what is usual is no service but a counter that somebody forgot. */
const forgottenTimes = 10;

export const noServiceTimes: ServiceTimes = { all: { count: 0, meanMs: 0 }, byService: sortedMap() };

/** Takes in one service that has ended. */
export const addServiceTime = (
  times: ServiceTimes,
  service: string,
  durationMs: number,
  standardMs?: number,
): ServiceTimes => {
  const usualMs = meanServiceMs(times, service, standardMs);
  const ms = Math.min(Math.max(0, durationMs), forgottenTimes * usualMs);
  const byService = times.byService.clone();
  byService.set(service, next(byService.get(service), ms));
  return { all: next(times.all, ms), byService };
};

/**
 * What a service is expected to take: its recent mean, drawn to its standard - without one, to the mean of the branch -
 * the more, the fewer of it there were.
 */
export const meanServiceMs = ({ all, byService }: ServiceTimes, service: string, standardMs?: number): number => {
  const own = byService.get(service) ?? nothing;
  const usualMs = standardMs ?? blend(all, unknownMs);
  return blend(own, usualMs);
};

export const serviceCount = ({ all, byService }: ServiceTimes, service?: string): number =>
  Math.min(remembered, service === undefined ? all.count : (byService.get(service)?.count ?? 0));

const nothing: RecentMean = { count: 0, meanMs: 0 };

const next = ({ count, meanMs }: RecentMean = nothing, ms: number): RecentMean => ({
  count: count + 1,
  meanMs: meanMs + (ms - meanMs) / Math.min(count + 1, remembered),
});

const blend = ({ count, meanMs }: RecentMean, usualMs: number): number => {
  const known = Math.min(count, remembered);
  return Math.max(1_000, (known * meanMs + standardWeighs * usualMs) / (known + standardWeighs));
};

/** Kept, since a hall has hundreds of services: a set-up that changed is another object. */
const knownStandards = new WeakMap<BranchSetup, ReadonlyMap<string, number>>();

/** The services' own standards, ms; a service without one is absent. */
export const standardsOf = (setup: BranchSetup): ReadonlyMap<string, number> => {
  const standards =
    knownStandards.get(setup) ??
    new Map(
      [...setup.services.values()].flatMap(({ id, standardMinutes }) =>
        standardMinutes === undefined ? [] : [[id, standardMinutes * 60_000] as const],
      ),
    );
  knownStandards.set(setup, standards);
  return standards;
};
