import { addServiceTime, meanServiceMs, noServiceTimes, serviceCount, type ServiceTimes } from './service-times.ts';
import { sortedMap, type SortedMap } from './sorted-map.ts';
import {
  learnQuantile,
  logErlangQuantile,
  nextLevel,
  readQuantile,
  startQuantile,
  type Traits,
  type WaitQuantile,
} from './wait-quantile.ts';

/** What is known at the instant somebody asks how long it will be: of whoever comes now, or of whoever waits. */
export interface Situation {
  readonly service: string;
  /** Class of priority, `''` for the ordinary visitor. */
  readonly priority: string;
  /** Who would be called before them by the counters that serve them. Parts of a person: a line others serve too. */
  readonly ahead: readonly { readonly service: string; readonly people: number }[];
  /** The services that are being given at those counters. */
  readonly serving: readonly string[];
  /** Counters at work that serve them. */
  readonly counters: number;
  /** How many of those have nobody at the desk. */
  readonly idle: number;
  /** How long the longest waiting has waited for those counters, 0 when nobody waits. */
  readonly longestWaitMs: number;
}

/** What happens in a hall, as far as waits can be learnt from it. Given in the order of time. Instants and durations in ms. */
export type WaitObservation =
  | { readonly kind: 'day-began' }
  | { readonly kind: 'joined'; readonly ticket: string; readonly at: number; readonly situation: Situation }
  | { readonly kind: 'called'; readonly ticket: string; readonly at: number }
  | { readonly kind: 'left'; readonly ticket: string }
  /** A counter is free again of a visitor it had for `durationMs`. */
  | { readonly kind: 'served'; readonly service: string; readonly durationMs: number };

/** What a branch has learnt of its waits: a fold of observations (`learnWait`). */
export interface LearntWaits {
  /** The set-up's own standards by service, in ms. */
  readonly standards: ReadonlyMap<string, number>;
  readonly times: ServiceTimes;
  readonly p50: WaitQuantile;
  readonly p90: WaitQuantile;
  /** For whoever finds a counter free, in ms. */
  readonly atOnce: Range;
  /** Waits learnt from. */
  readonly waits: number;
  /** The usual `log(stepMs)` of this branch. */
  readonly usualLogStep: number;
  /** How far the latest waits were from what was said, as the logarithm of their ratio: 0 as said, 0.7 twice as long. */
  readonly surprise: number;
  /** The same without its sign, over more of them. */
  readonly spread: number;
  /** The last wait of each service today. */
  readonly lastWaits: SortedMap<string, number>;
  readonly waiting: SortedMap<string, Told>;
}

interface Range {
  readonly p50Ms: number;
  readonly p90Ms: number;
}

/** What was told to a ticket that joined, and why. */
interface Told extends Range {
  readonly joinedAt: number;
  readonly service: string;
  readonly stepMs: number;
  readonly ofP50: Traits;
  readonly ofP90: Traits;
  readonly isAtOnce: boolean;
}

/** A wait as a range: half of such waits end before the first, nine of ten before the second (WAIT-1). */
export interface ExpectedWait extends Range {
  readonly restsOn: WaitBasis;
}

/** What a range rests on (WAIT-2), as data that visitor and manager can be shown. */
export interface WaitBasis {
  /** Recent services of the branch that count, at most 60, and how many of them of the ticket's own service. */
  readonly services: number;
  readonly ownServices: number;
  /** Waits of the branch it was calibrated on. */
  readonly waits: number;
  readonly counters: number;
  readonly idle: number;
  readonly ahead: number;
  /** What the ticket's service is expected to take. */
  readonly serviceMs: number;
  /** Too few to speak from experience: mostly the standard, and a rule of thumb (WAIT-3). */
  readonly thin: boolean;
  /** The service's own standard, `null` where the set-up has none. */
  readonly standardMs: number | null;
}

const thinBelowWaits = 30;
const thinBelowServices = 5;
const surpriseWeighs = 0.1;
const spreadWeighs = 0.02;
const stepsRemembered = 1_000;
const furthestSurprise = 2;

/**
 * The two quantiles, each with its place on the normal distribution and where its weights start, in the order of
 * `traitsOf`. The textbook would be level 0, weight 1 for Erlang's quantile and nothing else. These lie between that and
 * what the first seven days of the recorded bank taught, with the 90 % point wide while little is known; they were chosen
 * on those seven days, where errors hardly change with them.
 */
const half = { share: 0.5, normal: 0, start: [0, 0.7, 0.05, 0.05, -0.4, 0.05] };
const ninety = { share: 0.9, normal: 1.2816, start: [0.5, 0.65, 0, 0, -0.4, 0] };

export const nothingLearnt = (standards: ReadonlyMap<string, number> = new Map()): LearntWaits => ({
  standards,
  times: noServiceTimes,
  p50: startQuantile(half.share, half.start),
  p90: startQuantile(ninety.share, ninety.start),
  atOnce: { p50Ms: 5_000, p90Ms: 60_000 },
  waits: 0,
  usualLogStep: 0,
  surprise: 0,
  spread: 1,
  lastWaits: sortedMap(),
  waiting: sortedMap(),
});

/**
 * How long it will be, or `null` when no counter serves them: nothing can be said then.
 *
 * The unit is the *step*, the time between two calls: expected service time of the mix ahead and at the desks ÷ counters
 * (the queue-length predictor of Ibrahim & Whitt, "Real-Time Delay Estimation Based on Delay History", MSOM 11, 2009).
 * How many steps a wait takes is learnt as two quantiles (`wait-quantile.ts`) from people ahead, the wait of the head of
 * the line and the last wait of the service (the same paper's HOL and LES), how busy it is, how the latest waits
 * compared with what was said, and the branch's own classes and services.
 */
export const estimateWait = (learnt: LearntWaits, situation: Situation): ExpectedWait | null => {
  if (situation.counters <= 0) return null;
  const { p50Ms, p90Ms } = tell(learnt, situation);
  return { p50Ms, p90Ms, restsOn: basisOf(learnt, situation) };
};

/** The state after an observation. Pure: the given one stays as it was. What does not fit is passed over. */
export const learnWait = (learnt: LearntWaits, observation: WaitObservation): LearntWaits => {
  switch (observation.kind) {
    case 'day-began':
      return { ...learnt, surprise: 0, lastWaits: sortedMap(), waiting: sortedMap() };
    case 'joined':
      return join(learnt, observation.ticket, observation.at, observation.situation);
    case 'left':
      return { ...learnt, waiting: without(learnt.waiting, observation.ticket) };
    case 'called':
      return endWait(learnt, observation.ticket, observation.at);
    case 'served': {
      const { service, durationMs } = observation;
      return { ...learnt, times: addServiceTime(learnt.times, service, durationMs, learnt.standards.get(service)) };
    }
  }
};

const join = (learnt: LearntWaits, ticket: string, at: number, situation: Situation): LearntWaits => {
  if (situation.counters <= 0) return learnt;
  const told = tell(learnt, situation);
  const waiting = learnt.waiting.clone();
  waiting.set(ticket, { ...told, joinedAt: at, service: situation.service });
  return { ...learnt, waiting, usualLogStep: usualLogStepWith(learnt, told.stepMs) };
};

/** A wait is known when it ends, and not before: whoever was called at once did not wait and teaches nothing of waits. */
const endWait = (learnt: LearntWaits, ticket: string, at: number): LearntWaits => {
  const told = learnt.waiting.get(ticket);
  if (!told) return learnt;
  const waiting = without(learnt.waiting, ticket);
  const waitMs = at - told.joinedAt;
  if (told.isAtOnce) return { ...learnt, waiting, atOnce: atOnceAfter(learnt.atOnce, Math.max(0, waitMs)) };
  if (waitMs <= 0) return { ...learnt, waiting };
  const { stepMs, ofP50, ofP90, p50Ms, p90Ms, service } = told;
  const { spread } = learnt;
  const wait = waitMs / stepMs;
  const lastWaits = learnt.lastWaits.clone();
  lastWaits.set(service, waitMs);
  const miss = Math.min(furthestSurprise, Math.max(-furthestSurprise, Math.log(waitMs / p50Ms)));
  return {
    ...learnt,
    waiting,
    lastWaits,
    waits: learnt.waits + 1,
    surprise: learnt.surprise + surpriseWeighs * (miss - learnt.surprise),
    spread: spread + spreadWeighs * (Math.abs(miss) - spread),
    p50: learnQuantile(learnt.p50, ofP50, { wait, said: p50Ms / stepMs, spread }),
    p90: learnQuantile(learnt.p90, ofP90, { wait, said: p90Ms / stepMs, spread }),
  };
};

const tell = (learnt: LearntWaits, situation: Situation): Omit<Told, 'joinedAt' | 'service'> => {
  const stepMs = stepOf(learnt, situation);
  const ofP50 = traitsOf(learnt, situation, stepMs, half.normal);
  const ofP90 = traitsOf(learnt, situation, stepMs, ninety.normal);
  const p50Ms = stepMs * readQuantile(learnt.p50, ofP50);
  const p90Ms = Math.max(p50Ms, stepMs * readQuantile(learnt.p90, ofP90));
  const isAtOnce = situation.idle > peopleIn(situation.ahead);
  // A free counter is never slower than the same counter with a visitor.
  const range = isAtOnce
    ? { p50Ms: Math.min(p50Ms, learnt.atOnce.p50Ms), p90Ms: Math.min(p90Ms, learnt.atOnce.p90Ms) }
    : { p50Ms, p90Ms };
  return { ...range, stepMs, ofP50, ofP90, isAtOnce };
};

/** The expected time between two calls for those who wait there, in ms. */
const stepOf = ({ times, standards }: LearntWaits, { service, ahead, serving, counters }: Situation): number => {
  const mix = [...ahead, ...serving.map((given) => ({ service: given, people: 1 }))];
  const people = peopleIn(mix);
  const meanMs = (of: string): number => meanServiceMs(times, of, standards.get(of));
  const workMs = mix.reduce((sum, part) => sum + part.people * meanMs(part.service), 0);
  return (people > 0 ? workMs / people : meanMs(service)) / counters;
};

/**
 * In steps, so that a hall of five-minute services and one of an hour's have the same weights. Where the step is longer
 * than usual - few counters for long services - waits grow slower than it does.
 */
const traitsOf = (learnt: LearntWaits, situation: Situation, stepMs: number, normal: number): Traits => ({
  numbers: [
    1,
    logErlangQuantile(peopleIn(situation.ahead) + 1, normal),
    Math.log1p(situation.longestWaitMs / stepMs),
    Math.log1p((learnt.lastWaits.get(situation.service) ?? 0) / stepMs),
    Math.log(stepMs) - usualLogStepWith(learnt, stepMs),
    learnt.surprise,
  ],
  groups: [`class ${situation.priority}`, `service ${situation.service}`],
});

const usualLogStepWith = ({ waits, usualLogStep }: LearntWaits, stepMs: number): number =>
  usualLogStep + (Math.log(stepMs) - usualLogStep) / Math.min(waits + 1, stepsRemembered);

const atOnceAfter = ({ p50Ms, p90Ms }: Range, waitMs: number): Range => {
  const p50 = nextLevel(p50Ms, waitMs, 0.5);
  return { p50Ms: p50, p90Ms: Math.max(p50, nextLevel(p90Ms, waitMs, 0.9)) };
};

const basisOf = (
  { times, standards, waits }: LearntWaits,
  { service, counters, idle, ahead }: Situation,
): WaitBasis => {
  const ownServices = serviceCount(times, service);
  return {
    services: serviceCount(times),
    ownServices,
    waits,
    counters,
    idle,
    ahead: peopleIn(ahead),
    serviceMs: meanServiceMs(times, service, standards.get(service)),
    thin: waits < thinBelowWaits || ownServices < thinBelowServices,
    standardMs: standards.get(service) ?? null,
  };
};

const peopleIn = (parts: Situation['ahead']): number => parts.reduce((sum, { people }) => sum + people, 0);

const without = (waiting: LearntWaits['waiting'], ticket: string): LearntWaits['waiting'] => {
  const rest = waiting.clone();
  rest.delete(ticket);
  return rest;
};
