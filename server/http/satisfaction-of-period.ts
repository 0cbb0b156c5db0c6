import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { PeriodQuery, SatisfactionView } from '@antrean/shared/protocol/survey.ts';
import { tellSatisfaction } from '@antrean/shared/views/tell-satisfaction.ts';
import type { Period } from '../insight/count-served.ts';
import { readSatisfaction } from '../insight/read-satisfaction.ts';
import type { HttpPorts } from './ports.ts';

/** A year: the longest period that the regulation asks to report on. */
export const periodDaysMost = 366;

const dayMs = 24 * 3_600_000;
/** So many days are told of where nobody says how many. */
const usualDays = 30;

/** The period that is asked for, or `null` where that is none or too long. Throws `BranchUnknown`. */
export const periodOf = async (
  { halls, clock }: HttpPorts,
  branchId: BranchId,
  { from, to }: PeriodQuery,
): Promise<Period | null> => {
  const { zone, dayStartsAt } = (await halls.branch(branchId)).setup;
  const last = to ?? businessDate(clock.now(), zone, dayStartsAt);
  const first = from ?? dateOf(Date.parse(last) - (usualDays - 1) * dayMs);
  const days = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
  // Postgres knows no year 0.
  return first >= '0001' && days >= 1 && days <= periodDaysMost ? { from: first, to: last } : null;
};

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What whoever asks may see of a hall in a period (SURVEY-5). Throws `BranchUnknown`, and what Postgres throws. */
export const satisfactionOf = async (
  { sql, inScope, halls }: HttpPorts,
  branchId: BranchId,
  { from, to }: Period,
  me: Me,
): Promise<SatisfactionView> => {
  const { setup } = await halls.branch(branchId);
  const services = await readSatisfaction({ sql, inScope }, branchId, { from, to }, me);
  return tellSatisfaction(services, { from, to, survey: setup.rules.survey ?? 'none' });
};
