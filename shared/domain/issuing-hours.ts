import { Temporal } from 'temporal-polyfill';
import { businessDate } from './business-day.ts';
import type { ServiceId } from './ids.ts';
import { reachedAt } from './local-time.ts';
import { openOn, overlapOf, type Span } from './opening-hours.ts';
import type { BranchSetup, Service } from './setup.ts';

/** When a service issues tickets on one local date. */
interface IssuingDay extends Span {
  readonly spans: readonly Span[];
}

/** A day's spans take some 200 µs to find; a ticket is decided in a tenth of that. A set-up that changed is another object. */
const known = new WeakMap<BranchSetup, Map<ServiceId, IssuingDay>>();

/**
 * The span in which a service issues tickets now, or else the next one of the same local date (HOURS-1, HOURS-2).
 *
 * @param now epoch ms
 */
export const issuingSpan = (setup: BranchSetup, service: Service, now: number): Span | undefined => {
  const days = known.get(setup) ?? new Map<ServiceId, IssuingDay>();
  let day = days.get(service.id);
  if (!day || now < day.from || now >= day.to) {
    day = issuingDay(setup, service, now);
    known.set(setup, days.set(service.id, day));
  }
  return day.spans.find(({ to }) => now < to);
};

const issuingDay = (setup: BranchSetup, service: Service, now: number): IssuingDay => {
  const { zone } = setup;
  const date = businessDate(now, zone, '00:00');
  const midnight = (days: number): number => reachedAt(Temporal.PlainDate.from(date).add({ days }), '00:00', zone);
  return { from: midnight(0), to: midnight(1), spans: issuingSpansOn(setup, service, date) };
};

/** When a service issues tickets on a local date (`YYYY-MM-DD`), in order (HOURS-1, HOURS-2). */
export const issuingSpansOn = ({ zone, hours, rules }: BranchSetup, service: Service, date: string): Span[] => {
  const ofHall = openOn(hours, zone, date);
  const spans = service.hours ? overlapOf(ofHall, openOn(service.hours, zone, date)) : ofHall;
  const closesAt = spans.at(-1)?.to ?? 0;
  const stopsAt = closesAt - (service.stopBeforeClosingMs ?? rules.stopBeforeClosingMs ?? 0);
  return overlapOf(spans, [{ from: 0, to: stopsAt }]);
};

/** Local time `HH:MM` of an instant. */
export const clockTime = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
