import type { VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { type Lengths, type ReportBy, ReportFigures } from '@antrean/shared/protocol/report.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { legsOfDays } from '../harness/legs-of-days.ts';
import { madeLedger } from '../harness/made-ledger.ts';
import { twoAgencies } from '../harness/plain-hall.ts';
import { toldRanges } from '../harness/told-ranges.ts';

/** Fifteen o'clock there is eight in London. */
export const zone = 'Asia/Jakarta';
export const branch = 'made';
export const blueprint: Blueprint = {
  ...twoAgencies,
  branch,
  zone,
  services: twoAgencies.services
    .filter(({ id }) => ['S-0', 'S-1', 'S-2', 'S-B'].includes(id))
    .map((service) => (service.id === 'S-1' ? { ...service, standardMinutes: 4 } : service)),
  rules: {
    ...twoAgencies.rules,
    confirmsArrival: true,
    callNextFinishes: false,
    undoSeconds: 60,
    rejoin: { withinMinutes: 30, times: 2, late: 'end-of-line' },
  },
};
export const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-09'];
export const events = madeLedger({ blueprint, seed: 7, dates, ticketsADay: 180, counters: 3, isLastOpen: true });
const setup = setupOfBlueprint(blueprint);
/** Every leg with its day, as the events have them, and with what was told. */
export const legs = toldRanges(events, () => setup)(legsOfDays(events, dates));

export const serviceOf = new Map(blueprint.services.map((service) => [service.id, service]));
export const agencyOf = (id: string): string => serviceOf.get(id)!.agency;
export const keys: Readonly<Record<ReportBy, (leg: VisitLeg & { day: string }) => string>> = {
  all: () => '',
  branch: () => branch,
  day: ({ day }) => day,
  hour: ({ queuedAt }) => new Date(queuedAt + 7 * 3_600_000).toISOString().slice(11, 13),
  weekday: ({ day }) => String(new Date(`${day}T00:00:00Z`).getUTCDay() || 7),
  agency: ({ serviceId }) => agencyOf(serviceId),
  service: ({ serviceId }) => serviceId,
  counter: ({ counterId }) => counterId ?? '',
  agent: ({ agentId }) => agentId ?? '',
  priority: ({ priority }) => priority ?? '',
  channel: ({ channel }) => channel,
};

/** By sorting, where the report counts by seconds. */
const lengthsOf = (times: readonly (number | null)[]): Lengths => {
  const sorted = times.filter((ms) => ms !== null).sort((a, b) => a - b);
  const at = (share: number): number | null =>
    sorted.length === 0 ? null : Math.floor(sorted[Math.ceil(share * sorted.length) - 1]! / 1_000);
  const sum = sorted.reduce((total, ms) => total + ms, 0);
  return {
    count: sorted.length,
    meanSeconds: sorted.length === 0 ? null : Math.round(sum / sorted.length / 1_000),
    medianSeconds: at(0.5),
    p90Seconds: at(0.9),
    maxSeconds: at(1),
  };
};
const waitOf = ({ calledAt, queuedAt }: VisitLeg): number | null => (calledAt === null ? null : calledAt - queuedAt);
/** How much longer the wait was than so many minutes; `NaN`: it did not end with a call, or nothing was told. */
const minutesBeyond = (leg: VisitLeg, minutes: number | null): number => {
  const waitMs = waitOf(leg);
  return waitMs === null || minutes === null ? NaN : waitMs / 60_000 - minutes;
};
export const reckoned = (these: readonly VisitLeg[], targetMinutes: number): ReportFigures => {
  const of = these.filter(({ end }) => end !== 'void');
  const called = of.filter(({ calledAt }) => calledAt !== null);
  const count = (is: (leg: VisitLeg) => boolean): number => of.filter(is).length;
  const abandoned = count(
    ({ end, calledAt }) => calledAt === null && ['left', 'withdrawn', 'closed'].includes(end ?? ''),
  );
  const withStandard = of.flatMap(({ serviceId, servedMs }) => {
    const standard = serviceOf.get(serviceId)!.standardMinutes;
    return standard === undefined || servedMs === null ? [] : [servedMs <= standard * 60_000];
  });
  return {
    joined: of.length,
    called: called.length,
    wait: lengthsOf(of.map(waitOf)),
    walk: lengthsOf(of.map(({ walkMs }) => walkMs)),
    service: lengthsOf(of.map(({ servedMs }) => servedMs)),
    withinTarget: { count: called.filter((leg) => waitOf(leg)! <= targetMinutes * 60_000).length, of: called.length },
    withinStandard: { count: withStandard.filter(Boolean).length, of: withStandard.length },
    told: {
      sooner: count((leg) => minutesBeyond(leg, leg.toldFrom) < 0),
      within: count((leg) => minutesBeyond(leg, leg.toldFrom) >= 0 && minutesBeyond(leg, leg.toldTo) <= 0),
      later: count((leg) => minutesBeyond(leg, leg.toldTo) > 0),
    },
    done: count(({ end }) => end === 'done'),
    moved: count(({ end }) => end === 'moved'),
    abandoned: { count: abandoned, of: called.length + abandoned },
    noShows: { count: count(({ end }) => end === 'no-show'), of: called.length },
    rejoined: {
      count: count(({ rejoins }) => rejoins > 0),
      of: count(({ misses, end }) => misses > 0 || end === 'no-show'),
    },
    recalled: count(({ recalls }) => recalls > 0),
    outOfTurn: { count: count(({ rule }) => rule === 'chosen'), of: called.length },
    open: count(({ end }) => end === null),
  };
};
export const figures = (row: object): ReportFigures =>
  Object.fromEntries(
    Object.keys(ReportFigures.properties).map((key) => [key, row[key as never]]),
  ) as unknown as ReportFigures;
