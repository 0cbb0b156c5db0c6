import { businessDayEnd } from './business-day.ts';
import { whyNoNumbers } from './check-issue.ts';
import type { Hall } from './hall.ts';
import type { ServiceId } from './ids.ts';
import { nextIssuing } from './next-issuing.ts';
import type { RefusalCode } from './refusal.ts';
import type { BranchSetup } from './setup.ts';
import type { ShutReason } from './shut-reasons.ts';

/** A service that gives nobody a number now. */
export interface ShutService {
  readonly id: ServiceId;
  readonly why: ShutReason;
  /** How many numbers a full one has given. */
  readonly quota?: number;
  /** When it gives numbers again by its hours, epoch ms; absent: not within a month. */
  readonly opensAt?: number;
}

const reasonOf: Partial<Record<RefusalCode, ShutReason>> = {
  SERVICE_CLOSED_NOW: 'closed',
  SERVICE_PAUSED: 'paused',
  SERVICE_FULL: 'full',
  NUMBERS_USED_UP: 'used-up',
};

/**
 * The services at which a visitor would be refused whoever that is, each with the reason (HOURS-5).
 *
 * @param now epoch ms
 */
export const shutServices = (hall: Hall, setup: BranchSetup, now: number): ShutService[] => {
  const { zone, dayStartsAt } = setup;
  const tomorrow = hall.day ? Math.max(now, businessDayEnd(hall.day.date, zone, dayStartsAt)) : now;
  return [...setup.services.values()].flatMap((service): ShutService[] => {
    const code = whyNoNumbers(hall, setup, service, now)?.code;
    const why = code && reasonOf[code];
    if (!why) return [];
    // Quotas and numbers begin anew with the business day, hours within it.
    // When somebody lets a paused one go on nobody knows.
    const opensAt = why === 'paused' ? null : nextIssuing(setup, service, why === 'closed' ? now : tomorrow);
    const { id, quota } = service;
    return [{ id, why, ...(why === 'full' && quota !== undefined && { quota }), ...(opensAt !== null && { opensAt }) }];
  });
};
