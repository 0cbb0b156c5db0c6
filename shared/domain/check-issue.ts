import type { Command } from './commands.ts';
import type { Actor } from './events.ts';
import { type Hall, ticketOfHolder } from './hall.ts';
import { clockTime, issuingSpan } from './issuing-hours.ts';
import { type Decision, refuse } from './refusal.ts';
import type { BranchSetup, Service } from './setup.ts';

/** Why a service of the hall issues no ticket now, or `null` when it does: closed, asked for in vain, or full. */
export const refusedIssue = (
  hall: Hall,
  setup: BranchSetup,
  service: Service,
  { actor, holder }: Command<'issue-ticket'>,
  now: number,
): Decision | null =>
  refusedByHours(setup, service, actor, now) ?? refusedHolder(hall, service, holder) ?? refusedByQuota(hall, service);

/** Closed by the clock (HOURS-1, HOURS-2); who may open the day may let somebody in at any time (HOURS-3). */
const refusedByHours = (setup: BranchSetup, service: Service, { kind }: Actor, now: number): Decision | null => {
  if (!setup.rules.issuesOnlyInHours || kind === 'manager' || kind === 'administrator') return null;
  const span = issuingSpan(setup, service, now);
  if (span && span.from <= now) return null;
  return refuse('SERVICE_CLOSED_NOW', {
    serviceId: service.id,
    opensAt: span ? clockTime(span.from, setup.zone) : null,
  });
};

/** One open ticket a holder (ISSUE-5). */
const refusedHolder = (hall: Hall, { id, onePerHolder }: Service, holder: string | undefined): Decision | null => {
  if (!onePerHolder) return null;
  if (holder === undefined) return refuse('HOLDER_NEEDED', { serviceId: id });
  // Not with its number: whoever types somebody's document in is not always that person.
  return ticketOfHolder(hall, holder, id) ? refuse('HOLDER_HAS_TICKET', { serviceId: id }) : null;
};

/** No more than the quota on one business day (ISSUE-4). */
const refusedByQuota = (hall: Hall, { id, quota }: Service): Decision | null =>
  quota !== undefined && (hall.issuedFor.get(id) ?? 0) >= quota
    ? refuse('SERVICE_FULL', { serviceId: id, quota })
    : null;
