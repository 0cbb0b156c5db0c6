import { estimateWait, nothingLearnt } from './expected-wait.ts';
import type { Hall } from './hall.ts';
import type { PriorityId, ServiceId } from './ids.ts';
import { freeLegs, type LegOption, takeLeg } from './legs.ts';
import { countersAtWork, situationOf } from './observe-waits.ts';
import type { RefusalCode } from './refusal.ts';
import { standardsOf } from './service-times.ts';
import type { BranchSetup } from './setup.ts';
import type { Leg } from './ticket.ts';

/** The leg that is next, those after it, and among what it was chosen; without a choice nothing is said of that. */
export interface ChosenLeg {
  readonly serviceId: ServiceId;
  readonly rest: readonly Leg[];
  readonly among?: readonly LegOption[];
}

/**
 * Which of the legs that may be next is next (JOURNEY-3): of those with the lowest rank the one with the shortest expected
 * wait now; between equals the first in the journey's order. `null` where there is no leg.
 *
 * @param shutOf why a service would issue no ticket now, if it would not
 */
export const chooseLeg = (
  hall: Hall,
  setup: BranchSetup,
  legs: readonly Leg[],
  priority: PriorityId | null,
  now: number,
  shutOf: (serviceId: ServiceId) => RefusalCode | undefined,
  rankOf: Rank,
): ChosenLeg | null => {
  const [first, ...others] = freeLegs(legs);
  if (!first) return null;
  if (others.length === 0) return { serviceId: first.serviceId, rest: takeLeg(legs, first.serviceId).rest };
  const waitOf = expectedWaits(hall, setup, priority, now);
  const among = [first, ...others].map(({ serviceId }): LegOption => {
    const shut = shutOf(serviceId);
    return { serviceId, waitMs: waitOf(serviceId), ...(shut && { shut }) };
  });
  const { serviceId } = bestOf(among, rankOf);
  return { serviceId, rest: takeLeg(legs, serviceId).rest, among };
};

/** Where a visit begins: a service that issues no ticket, then one without a counter, is left to the last. */
export const toBegin: Rank = ({ waitMs, shut }) => (shut !== undefined ? 2 : Number(waitMs === null));

/** Where it goes on nothing is refused any more: one without a counter, then one that is shut, is left to the last. */
export const toGoOn: Rank = ({ waitMs, shut }) => (waitMs === null ? 2 : Number(shut !== undefined));

type Rank = (option: LegOption) => number;

const bestOf = (among: readonly LegOption[], rankOf: Rank): LegOption =>
  among.reduce((best, option) => {
    const later = rankOf(option) - rankOf(best);
    const isBetter = later < 0 || (later === 0 && (option.waitMs ?? Infinity) < (best.waitMs ?? Infinity));
    return isBetter ? option : best;
  });

/**
 * How long somebody who came now would wait for a service, whole ms; `null` where no counter is open for it. Rests on the
 * day's own service times and the standards; what a branch learnt of its waits is no part of its hall.
 */
export const expectedWaits = (
  hall: Hall,
  setup: BranchSetup,
  priority: PriorityId | null,
  now: number,
): ((serviceId: ServiceId) => number | null) => {
  const learnt = { ...nothingLearnt(standardsOf(setup)), times: hall.serviceTimes };
  const atWork = countersAtWork(hall, setup);
  return (serviceId) => {
    if (!atWork(serviceId).some(({ status }) => status === 'open')) return null;
    const wait = estimateWait(learnt, situationOf(hall, setup, { serviceId, priority, queuedAt: now }, now, atWork));
    return wait && Math.round(wait.p50Ms);
  };
};
