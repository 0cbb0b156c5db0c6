import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import { type ReportQuery, type ReportView, usualTargetMinutes } from '@antrean/shared/protocol/report.ts';
import type { Period } from '../insight/period.ts';
import { readPacked } from '../insight/read-packed.ts';
import { readReport } from '../insight/read-report.ts';
import type { HttpPorts } from './ports.ts';

/** The longest period that all halls are reported on at once, days: some 3 s of 300 halls (docs/benchmark.md). */
export const countryDaysMost = 124;

/**
 * The report of a hall, or of all halls together (`null`), as whoever asks may see it: a hall up to now, all halls as they
 * stood at most ten minutes ago, of their agency alone where the account is of one. Throws `BranchUnknown`, and what Postgres
 * throws.
 */
export const reportOf = async (
  { inScope, halls, legs }: HttpPorts,
  branchId: BranchId | null,
  period: Period,
  { by = 'all', targetMinutes: minutes, ...only }: ReportQuery,
  me: Me,
): Promise<ReportView> => {
  const targetMinutes = minutes === undefined ? usualTargetMinutes : Number(minutes);
  const zone = branchId === null ? undefined : (await halls.branch(branchId)).setup.zone;
  if (branchId !== null && zone !== undefined) await legs.catchUp(branchId, zone);
  const { from: _from, to: _to, ...wanted } = only;
  const agencyId = me.agencyId ?? wanted.agencyId;
  // Of another agency than their own there is nothing to see.
  const isOther = me.agencyId !== null && wanted.agencyId !== undefined && wanted.agencyId !== me.agencyId;
  const asked = { period, by, targetMinutes, only: { ...wanted, agencyId: isOther ? '' : agencyId } };
  const { all, rows } =
    branchId === null
      ? await readPacked(inScope, asked, me.branchId)
      : await readReport(inScope, branchId, asked, me.branchId);
  return { ...period, ...(zone !== undefined && { zone }), by, targetMinutes, all, rows };
};
