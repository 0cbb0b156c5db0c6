import type { AlertKind } from './alert-kinds.ts';
import { type CounterState, type Hall, linesOf, longestSince, ticketAt } from './hall.ts';
import type { AlertLimits } from './setup.ts';
import type { Ticket } from './ticket.ts';

/** What an alert is about: the service of a line, a counter, a device, or the hall as a whole. */
export const ofHall = '';

/** An alert as it is now. Waits and lengths are whole minutes, shares whole percent. */
export interface Alert {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly value: number;
  readonly limit: number;
}

/** An alert that stands, as it was raised. */
export interface StandingAlert {
  readonly kind: AlertKind;
  readonly subject: string;
  /** The furthest from its limit that it was. */
  readonly worst: number;
}

/** What is known of a hall now. Instants are epoch ms. */
export interface AlertFacts {
  readonly hall: Hall;
  /** Whether agents say that their visitors have arrived (LIFE-4). */
  readonly confirmsArrival: boolean;
  readonly limits: AlertLimits;
  readonly now: number;
  /** The waits of the business day so far, and how many of them were within the hall's target; `null`: not known now. */
  readonly waits: { readonly count: number; readonly of: number } | null;
  /** The devices that were let in, and since when nothing was heard of each. */
  readonly devices: readonly { readonly id: string; readonly heardAt: number }[];
}

/** What has become of the alerts of a hall. */
export interface AlertChanges {
  readonly raised: readonly Alert[];
  /** Those that are worse than they ever were. */
  readonly worse: readonly Alert[];
  readonly resolved: readonly StandingAlert[];
}

/** Of fewer waits no share is told (ALERT-3). */
export const fewestWaits = 20;
/** An alert ends only when its value is below so much of the limit (ALERT-2). */
const calmBelow = 0.9;
/** A share has to be so many points above its limit. */
const calmPoints = 2;

const minuteMs = 60_000;

/** A value against its limit, exact. */
interface Measured extends Alert {
  readonly isPast: boolean;
  readonly isCalm: boolean;
}

/**
 * What changes in the alerts of a hall (ALERT-1, ALERT-2, ALERT-3). It follows from the facts and from what stands, so that
 * asked again, late, or of two nodes, it has the same answer.
 */
export const alertChanges = (standing: readonly StandingAlert[], facts: AlertFacts): AlertChanges => {
  const isOpen = facts.hall.day?.isOpen ?? false;
  const measured = new Map(isOpen ? measure(facts).map((each) => [keyOf(each), each]) : []);
  const known = new Map(standing.map((alert) => [keyOf(alert), alert]));
  const isUnknown = ({ kind }: StandingAlert): boolean =>
    isOpen && kind === 'share-within-target' && facts.waits === null && facts.limits.sharePercent !== undefined;
  return {
    raised: [...measured].flatMap(([key, each]) => (each.isPast && !known.has(key) ? [alertOf(each)] : [])),
    worse: [...measured].flatMap(([key, each]) => {
      const worst = known.get(key)?.worst;
      return worst !== undefined && !each.isCalm && isWorse(each, worst) ? [alertOf(each)] : [];
    }),
    resolved: standing.filter((alert) => !isUnknown(alert) && (measured.get(keyOf(alert))?.isCalm ?? true)),
  };
};

/** Of a share less is worse, of all else more. */
export const isWorse = ({ kind, value }: Pick<Alert, 'kind' | 'value'>, worst: number): boolean =>
  kind === 'share-within-target' ? value < worst : value > worst;

const keyOf = ({ kind, subject }: Pick<Alert, 'kind' | 'subject'>): string => `${kind}/${subject}`;

const alertOf = ({ kind, subject, value, limit }: Measured): Alert => ({ kind, subject, value, limit });

const measure = (facts: AlertFacts): Measured[] => [
  ...longestWaits(facts),
  ...waiting(facts),
  ...share(facts),
  ...servings(facts),
  ...silences(facts),
];

const longestWaits = ({ hall, limits: { waitMinutes }, now }: AlertFacts): Measured[] => {
  if (waitMinutes === undefined) return [];
  const services = new Set([...hall.lines.values()].map(({ serviceId }) => serviceId));
  return [...services].map((serviceId) => {
    const since = Math.min(...linesOf(hall, serviceId).map((line) => longestSince(hall, line)));
    return lasting('longest-wait', serviceId, now - since, waitMinutes);
  });
};

const waiting = ({ hall, limits }: AlertFacts): Measured[] => {
  const limit = limits.waiting;
  if (limit === undefined) return [];
  const value = [...hall.lines.values()].reduce((sum, line) => sum + line.waiting, 0);
  const of = { kind: 'waiting', subject: ofHall, value, limit } as const;
  return [{ ...of, isPast: value >= limit, isCalm: value < limit * calmBelow }];
};

const share = ({ limits: { sharePercent: limit }, waits }: AlertFacts): Measured[] => {
  if (limit === undefined || waits === null || waits.of < fewestWaits) return [];
  const percent = (100 * waits.count) / waits.of;
  const of = { kind: 'share-within-target', subject: ofHall, value: Math.floor(percent), limit } as const;
  return [{ ...of, isPast: percent < limit, isCalm: percent >= Math.min(100, limit + calmPoints) }];
};

const servings = ({ hall, confirmsArrival, limits: { servingMinutes }, now }: AlertFacts): Measured[] => {
  if (servingMinutes === undefined) return [];
  return [...hall.counters.values()].flatMap((counter) => {
    const since = servedSince(counter, ticketAt(hall, counter.id), confirmsArrival);
    return since === null ? [] : [lasting('serving-long', counter.id, now - since, servingMinutes)];
  });
};

/** Where nobody says that a visitor is there, from the call on; who was set aside, from being taken up again. */
const servedSince = (
  { lastAct }: CounterState,
  ticket: Ticket | undefined,
  confirmsArrival: boolean,
): number | null => {
  if (ticket?.status === 'called' && !confirmsArrival) return ticket.calledAt;
  if (ticket?.status !== 'serving' || ticket.startedAt === null) return null;
  const isTakenUp = lastAct?.action === 'resume' && lastAct.steps.some(({ after }) => after.id === ticket.id);
  return isTakenUp ? Math.max(ticket.startedAt, lastAct.at) : ticket.startedAt;
};

const silences = ({ devices, limits: { silentMinutes }, now }: AlertFacts): Measured[] =>
  silentMinutes === undefined
    ? []
    : devices.map(({ id, heardAt }) => lasting('device-silent', id, now - heardAt, silentMinutes));

const lasting = (kind: AlertKind, subject: string, ms: number, limit: number): Measured => {
  const value = Math.max(0, Math.floor(ms / minuteMs));
  return { kind, subject, value, limit, isPast: value >= limit, isCalm: ms < limit * minuteMs * calmBelow };
};
