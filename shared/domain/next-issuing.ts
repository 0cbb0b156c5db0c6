import { Temporal } from 'temporal-polyfill';
import { businessDate } from './business-day.ts';
import type { ServiceId } from './ids.ts';
import { issuingSpansOn } from './issuing-hours.ts';
import { hoursOn } from './opening-hours.ts';
import type { BranchSetup, Service } from './setup.ts';

/** A hall that is closed for longer says on its door when it opens. */
export const looksAheadDays = 31;
/** Nothing found is looked for again after so long, ms. */
const nothingGoodForMs = 3_600_000;

interface Found {
  readonly from: number;
  readonly opensAt: number | null;
}

/** It stays so until it is reached; a set-up that changed is another object. */
const known = new WeakMap<BranchSetup, Map<ServiceId, Found>>();

/**
 * When a service begins to issue tickets by its hours, at `from` or after (HOURS-5).
 *
 * @param from epoch ms
 * @returns epoch ms; `null` where that is not within a month
 */
export const nextIssuing = (setup: BranchSetup, service: Service, from: number): number | null => {
  const found = known.get(setup) ?? new Map<ServiceId, Found>();
  const before = found.get(service.id);
  if (before && before.from <= from && from <= (before.opensAt ?? before.from + nothingGoodForMs))
    return before.opensAt;
  const opensAt = firstBeginning(setup, service, from);
  known.set(setup, found.set(service.id, { from, opensAt }));
  return opensAt;
};

const firstBeginning = (setup: BranchSetup, service: Service, from: number): number | null => {
  const first = Temporal.PlainDate.from(businessDate(from, setup.zone, '00:00'));
  for (let days = 0; days <= looksAheadDays; days++) {
    const date = first.add({ days }).toString();
    if (!hoursOn(setup.hours, date)) continue;
    const next = issuingSpansOn(setup, service, date).find((span) => span.from >= from);
    if (next) return next.from;
  }
  return null;
};
