import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import { byFrequency } from './by-frequency.ts';
import type { RecordedVisit } from './recorded-day.ts';

/** A hall as the replay sees it: what stands for the record's services, priorities and desks. */
export interface HallOfRecord {
  readonly branchId: string;
  /** Whether "call next" is all that an agent presses: arrivals are not confirmed, and it ends the visit before. */
  readonly isOnePress: boolean;
  readonly serviceOf: (service: string) => string;
  readonly priorityOf: (priority: number) => string | null;
  /** For the agents, in the order they are taken; `serves` are ids of services. */
  readonly counters: readonly { readonly id: string; readonly serves: ReadonlySet<string> }[];
}

/**
 * Lets an existing hall stand for the record's desk. The hall's services that most of its free counters serve come
 * first, then in the hall's own order; the record's most frequent service gets the first of them, the next the second,
 * and so on, beginning again when the hall has fewer. Priority n gets the hall's n-th class, beginning again likewise.
 * The agents get the free counters that serve most of those services.
 *
 * @param isFree whether nobody is at the counter
 */
export const matchToHall = (
  visits: readonly RecordedVisit[],
  branch: BranchView,
  isFree: (counterId: string) => boolean,
): HallOfRecord => {
  const free = branch.counters
    .filter(({ id }) => isFree(id))
    .map(({ id, serves }) => ({ id, serves: new Set(serves) }));
  const counting = (serviceId: string): number => free.filter(({ serves }) => serves.has(serviceId)).length;
  const offered = branch.services
    .map(({ id }) => ({ id, counters: counting(id) }))
    .filter(({ counters }) => counters > 0)
    .sort((a, b) => b.counters - a.counters);
  const wanted = byFrequency(visits.map(({ service }) => service));
  const chosen = new Map(wanted.map((service, index) => [service, offered[index % offered.length]?.id ?? '']));
  const inUse = new Set(chosen.values());
  const share = (serves: ReadonlySet<string>): number => [...inUse].filter((id) => serves.has(id)).length;
  return {
    branchId: branch.id,
    isOnePress: branch.rules.callNextFinishes && !branch.rules.confirmsArrival,
    serviceOf: (service) => chosen.get(service) ?? '',
    priorityOf: (priority) =>
      priority === 0 ? null : (branch.priorities[(priority - 1) % branch.priorities.length]?.id ?? null),
    counters: free.filter(({ serves }) => share(serves) > 0).sort((a, b) => share(b.serves) - share(a.serves)),
  };
};
