import type { ServiceId } from './ids.ts';
import type { Journey } from './setup.ts';
import type { Leg } from './ticket.ts';

/** More legs than this are a mistake. */
export const legsAtMost = 12;

/** A leg of a journey as its events name it. */
export type JourneyLeg = Pick<Leg, 'serviceId' | 'step'>;

/** What was known of a leg that could be the next one when one was chosen. */
export interface LegOption {
  readonly serviceId: ServiceId;
  /** The expected wait (P50), whole ms; `null` where no counter is open for it. */
  readonly waitMs: number | null;
  /** The code of why its service would issue no ticket then, where that was so. */
  readonly shut?: string;
}

/** The legs of a visit that has all of a journey before it. */
export const legsOf = ({ steps }: Journey): readonly Leg[] =>
  steps.flatMap((services, step) => services.map((serviceId) => ({ serviceId, reservedFor: null, step })));

/** The legs that may be next: those of the first one's step, else that one alone (JOURNEY-2). */
export const freeLegs = (legs: readonly Leg[]): readonly Leg[] => {
  const [first] = legs;
  return legs.filter((leg) => leg === first || (first?.step !== undefined && leg.step === first.step));
};

/** Takes the leg out that a visit goes on with. */
export const takeLeg = (
  legs: readonly Leg[],
  serviceId: ServiceId,
): { readonly leg: Leg | undefined; readonly rest: readonly Leg[] } => {
  const leg = freeLegs(legs).find((each) => each.serviceId === serviceId);
  return { leg, rest: legs.filter((other) => other !== leg) };
};

/** Legs as events name them; absent when there are none. */
export const namedLegs = (legs: readonly Leg[]): { readonly legs?: JourneyLeg[] } =>
  legs.length === 0
    ? {}
    : { legs: legs.map(({ serviceId, step }) => ({ serviceId, ...(step !== undefined && { step }) })) };
