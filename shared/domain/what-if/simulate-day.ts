import type { HallEvent } from '../events.ts';
import type { ServiceId } from '../ids.ts';
import type { BranchSetup } from '../setup.ts';
import type { RunNotes } from './follow-visits.ts';
import { type DayWaits, startMeasure } from './measure-waits.ts';
import { type LeftOut, startPlan } from './plan-day.ts';
import { type DayRun, startRun } from './run-day.ts';

/** A past day as it was and as other rules would have made it. */
export interface SimulatedDay {
  readonly date: string;
  /** Measured from the day's own events. */
  readonly asItWas: DayWaits;
  /** The day run again with the rules the hall has: how far that is from `asItWas` is how far the model is off. */
  readonly sameRules: RunWaits;
  /** The day run with the other rules: to be compared with `sameRules`. */
  readonly otherRules: RunWaits;
  readonly leftOut: LeftOut;
}

export interface RunWaits extends DayWaits {
  readonly notes: RunNotes;
}

export interface AskedRules {
  readonly own: BranchSetup;
  readonly other: BranchSetup;
  /** The longest wait that is still good, ms; absent: the standard of each service, where it has one. */
  readonly targetMs?: number;
}

/** A simulation in steps, so that whoever runs it can do other things in between. */
export interface DaySimulation {
  /** Takes in the next event of the day; the first is the one that opened it. */
  readonly take: (event: HallEvent) => void;
  /** After the last event: goes on for about so many happenings. @returns whether there are more */
  readonly advance: (happenings: number) => boolean;
  /** When nothing is left to happen. */
  readonly end: () => SimulatedDay;
}

/**
 * Runs another rule set over a business day from its events (WHATIF-1 to WHATIF-3). Writes nothing, reads no clock, and
 * gives the same answer to the same question.
 *
 * @param hear hears every event of the run with the other rules
 */
export const startSimulation = (
  { own, other, targetMs }: AskedRules,
  hear: (event: HallEvent) => void = () => {},
): DaySimulation => {
  const targetOf = (serviceId: ServiceId): number | null => {
    const standard = own.services.get(serviceId)?.standardMinutes;
    return targetMs ?? (standard === undefined ? null : standard * 60_000);
  };
  const planner = startPlan(own.branchId);
  const truth = startMeasure(targetOf);
  const waits = { own: startMeasure(targetOf), other: startMeasure(targetOf) };
  let runs: { readonly own: DayRun; readonly other: DayRun; readonly date: string; readonly left: LeftOut } | null =
    null;

  const begin = () => {
    const plan = planner.end();
    const ownRun = startRun(plan, own, waits.own.take);
    const otherRun = startRun(plan, other, (event) => {
      waits.other.take(event);
      hear(event);
    });
    return { own: ownRun, other: otherRun, date: plan.date, left: plan.left };
  };

  return {
    take: (event) => {
      planner.take(event);
      truth.take(event);
    },
    advance: (happenings) => {
      runs ??= begin();
      return runs.own.advance(happenings) || runs.other.advance(happenings);
    },
    end: () => {
      const done = (runs ??= begin());
      return {
        date: done.date,
        asItWas: truth.end(),
        sameRules: { ...waits.own.end(), notes: done.own.notes() },
        otherRules: { ...waits.other.end(), notes: done.other.notes() },
        leftOut: done.left,
      };
    },
  };
};

/** The whole simulation at once. */
export const simulateDay = (
  events: Iterable<HallEvent>,
  asked: AskedRules,
  hear?: (event: HallEvent) => void,
): SimulatedDay => {
  const simulation = startSimulation(asked, hear);
  for (const event of events) simulation.take(event);
  while (simulation.advance(1_000));
  return simulation.end();
};
