import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { dateOf, type Period } from '../insight/period.ts';
import type { HttpPorts } from './ports.ts';

/** A year: the longest period that a hall is reported on at once. */
export const periodDaysMost = 366;

const dayMs = 24 * 3_600_000;
/** So many days are told of where nobody says how many. */
const usualDays = 30;

interface AskedPeriod {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The period that is asked for, or `null` where that is none or too long. @param today `YYYY-MM-DD` @param most days */
export const periodOf = ({ from, to }: AskedPeriod, today: string, most = periodDaysMost): Period | null => {
  const last = to ?? today;
  const first = from ?? dateOf(Date.parse(last) - (usualDays - 1) * dayMs);
  const count = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
  // Postgres knows no year 0.
  return first >= '0001' && count >= 1 && count <= most ? { from: first, to: last } : null;
};

/** The business day of a hall, `YYYY-MM-DD`. Throws `BranchUnknown`. */
export const todayOf = async (
  { halls, clock }: Pick<HttpPorts, 'halls' | 'clock'>,
  branchId: BranchId,
): Promise<string> => {
  const { zone, dayStartsAt } = (await halls.branch(branchId)).setup;
  return businessDate(clock.now(), zone, dayStartsAt);
};
