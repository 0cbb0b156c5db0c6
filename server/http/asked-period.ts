import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Period } from '../insight/count-served.ts';
import type { HttpPorts } from './ports.ts';

/** A year: the longest period that is reported on at once. */
export const periodDaysMost = 366;

const dayMs = 24 * 3_600_000;
/** So many days are told of where nobody says how many. */
const usualDays = 30;

/** The period that is asked for, or `null` where that is none or too long. Throws `BranchUnknown`. */
export const periodOf = async (
  { halls, clock }: HttpPorts,
  branchId: BranchId,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<Period | null> => {
  const { zone, dayStartsAt } = (await halls.branch(branchId)).setup;
  const last = to ?? businessDate(clock.now(), zone, dayStartsAt);
  const first = from ?? dateOf(Date.parse(last) - (usualDays - 1) * dayMs);
  const days = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
  // Postgres knows no year 0.
  return first >= '0001' && days >= 1 && days <= periodDaysMost ? { from: first, to: last } : null;
};

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
