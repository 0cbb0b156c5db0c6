import type { Command } from './commands.ts';
import type { Actor } from './events.ts';
import { type Hall, ticketOfHolder, ticketOfPhone } from './hall.ts';
import { clockTime, issuingSpan } from './issuing-hours.ts';
import { nextNumber } from './numbers.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { BranchSetup, Service } from './setup.ts';

/** Why a service of the hall issues no ticket now, or `null` when it does: closed, paused, asked for in vain, full or out of numbers. */
export const refusedIssue = (
  hall: Hall,
  setup: BranchSetup,
  service: Service,
  { actor, holder }: Pick<Command<'issue-ticket'>, 'actor' | 'holder'>,
  now: number,
): Refusal | null =>
  refusedByHours(setup, service, actor, now) ??
  refusedByPause(hall, service, actor) ??
  refusedHolder(hall, service, holder) ??
  refusedByQuota(hall, service) ??
  refusedByNumbers(hall, service);

/** Why a service would issue no ticket now to any visitor: closed, paused or full. */
export const whyShut = (hall: Hall, setup: BranchSetup, service: Service, now: number): Refusal | null =>
  refusedByHours(setup, service, { kind: 'visitor' }, now) ??
  refusedByPause(hall, service, { kind: 'visitor' }) ??
  refusedByQuota(hall, service);

/** Why a service would give no number now to any visitor: closed, paused, full or out of numbers. */
export const whyNoNumbers = (hall: Hall, setup: BranchSetup, service: Service, now: number): Refusal | null =>
  whyShut(hall, setup, service, now) ?? refusedByNumbers(hall, service);

/** Closed by the clock (HOURS-1, HOURS-2); who may open the day may let somebody in at any time (HOURS-3). */
const refusedByHours = (setup: BranchSetup, service: Service, { kind }: Actor, now: number): Refusal | null => {
  if (!setup.rules.issuesOnlyInHours || mayIssueAnyway(kind)) return null;
  const span = issuingSpan(setup, service, now);
  if (span && span.from <= now) return null;
  return refusal('SERVICE_CLOSED_NOW', {
    serviceId: service.id,
    opensAt: span ? clockTime(span.from, setup.zone) : null,
  });
};

/** Paused by whoever has the hall in hand (PAUSE-1); they may let somebody in all the same. */
const refusedByPause = (hall: Hall, { id }: Service, { kind }: Pick<Actor, 'kind'>): Refusal | null =>
  hall.pausedServices.has(id) && !mayIssueAnyway(kind) ? refusal('SERVICE_PAUSED', { serviceId: id }) : null;

const mayIssueAnyway = (kind: Actor['kind']): boolean => kind === 'manager' || kind === 'administrator';

/** One open ticket a holder (ISSUE-5). */
const refusedHolder = (hall: Hall, { id, onePerHolder }: Service, holder: string | undefined): Refusal | null => {
  if (!onePerHolder) return null;
  if (holder === undefined) return refusal('HOLDER_NEEDED', { serviceId: id });
  // Not with its number: whoever types somebody's document in is not always that person.
  return ticketOfHolder(hall, holder, id) ? refusal('HOLDER_HAS_TICKET', { serviceId: id }) : null;
};

/** Why a visitor's own phone gets no ticket: it has an open one already, whatever that is for (JOIN-4). */
export const refusedPhone = (hall: Hall, { takenWith }: Command<'issue-ticket'>): Refusal | null => {
  const ticket = takenWith === undefined ? undefined : ticketOfPhone(hall, takenWith);
  return ticket ? refusal('PHONE_HAS_TICKET', { number: ticket.number }) : null;
};

/** No more than the quota on one business day (ISSUE-4). */
export const refusedByQuota = (hall: Hall, { id, quota }: Service): Refusal | null =>
  quota !== undefined && (hall.issuedFor.get(id) ?? 0) >= quota
    ? refusal('SERVICE_FULL', { serviceId: id, quota })
    : null;

/** Not beyond the last number of its range (NUM-4). */
const refusedByNumbers = (hall: Hall, { id, prefix, numbers }: Service): Refusal | null =>
  numbers && nextNumber(hall.lastNumbers.get(prefix), numbers) > numbers.to
    ? refusal('NUMBERS_USED_UP', { serviceId: id, prefix, last: numbers.to })
    : null;

const refusal = (code: RefusalCode, details: Refusal['details']): Refusal => ({ code, details });
