import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import { type ReportQuery, type ReportView, waitTargetOf } from '@antrean/shared/protocol/report.ts';
import type { Period } from '../insight/period.ts';
import { readReport } from '../insight/read-report.ts';
import type { HttpPorts } from './ports.ts';

/**
 * A week: the longest period that all halls are reported on at once, days. Of a month of 300 halls, three million tickets, the
 * figures take some 4 s on two cores, and the statement is given up (docs/benchmark.md).
 */
export const countryDaysMost = 7;

/**
 * The report of a hall, or of all halls together (`null`), as whoever asks may see it: a hall up to now, all halls as they stood at most ten minutes ago, of their agency alone where the account is of one. Throws
 * `BranchUnknown`, and what Postgres throws.
 */
export const reportOf = async (
  { inScope, halls, legs }: HttpPorts,
  branchId: BranchId | null,
  period: Period,
  { by = 'all', targetMinutes: minutes, ...only }: ReportQuery,
  me: Me,
): Promise<ReportView> => {
  const setup = branchId === null ? undefined : (await halls.branch(branchId)).setup;
  const zone = setup?.zone;
  const targetMinutes = minutes === undefined ? waitTargetOf(setup?.rules ?? {}) : Number(minutes);
  if (branchId !== null && zone !== undefined) await legs.catchUp(branchId, zone);
  const { from: _from, to: _to, ...wanted } = only;
  const agencyId = me.agencyId ?? wanted.agencyId;
  // Of another agency than their own there is nothing to see.
  const isOther = me.agencyId !== null && wanted.agencyId !== undefined && wanted.agencyId !== me.agencyId;
  const asked = { period, by, targetMinutes, only: { ...wanted, agencyId: isOther ? '' : agencyId } };
  const { all, rows } = await readReport(inScope, branchId, asked, me.branchId);
  return { ...period, ...(zone !== undefined && { zone }), by, targetMinutes, all, rows };
};
