import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import { type LegsQuery, type ReportQuery, type ReportView, waitTargetOf } from '@antrean/shared/protocol/report.ts';
import { dateOf } from '../insight/period.ts';
import { readPacked } from '../insight/read-packed.ts';
import { type AskedLegs, type AskedReport, readReport } from '../insight/read-report.ts';
import { periodDaysMost, periodOf, todayOf } from './asked-period.ts';
import { comparedPeriod } from './compared-period.ts';
import type { HttpPorts } from './ports.ts';

/** The longest period that all halls are reported on at once, days: 3 to 5 s of 300 halls (docs/benchmark.md). */
const countryDaysMost = 124;

/** What reports are read with. */
export type ReportPorts = Pick<HttpPorts, 'inScope' | 'halls' | 'legs' | 'clock'>;

/** Whose reports whoever asks may see. */
export type ReportScope = Pick<Me, 'branchId' | 'agencyId'>;

/** A report, or how many days one may tell of where none or too long a period was asked for. */
export type ReportAnswer =
  { readonly kind: 'done'; readonly report: ReportView } | { readonly kind: 'period-wrong'; readonly days: number };

/**
 * The report of a hall, or of all halls together (`null`), as whoever asks may see it: a hall up to now, all halls as they
 * stood at most ten minutes ago, of their agency alone where the account is of one. Throws `BranchUnknown`, and what Postgres
 * throws.
 */
export const reportOf = async (
  ports: ReportPorts,
  branchId: BranchId | null,
  query: ReportQuery,
  me: ReportScope,
): Promise<ReportAnswer> => {
  const { inScope, halls, legs, clock } = ports;
  const { from, to, by = 'all', targetMinutes: minutes, compare, ...wanted } = query;
  const days = branchId === null ? countryDaysMost : periodDaysMost;
  const today = branchId === null ? dateOf(clock.now()) : await todayOf(ports, branchId);
  const period = periodOf({ from, to }, today, days);
  const before = period && compare !== undefined ? comparedPeriod(compare, period, days) : undefined;
  if (!period || before === null) return { kind: 'period-wrong', days };
  const setup = branchId === null ? undefined : (await halls.branch(branchId)).setup;
  const zone = setup?.zone;
  const targetMinutes = minutes === undefined ? waitTargetOf(setup?.rules ?? {}) : Number(minutes);
  if (branchId !== null && zone !== undefined) await legs.catchUp(branchId, zone);
  const asked = { period, by, targetMinutes, only: ofAgency(wanted, me) };
  const read = (what: AskedReport) =>
    branchId === null ? readPacked(inScope, what, me.branchId) : readReport(inScope, branchId, what, me.branchId);
  const { all, rows } = await read(asked);
  const compared = before && { ...before, ...(await read({ ...asked, period: before })) };
  return {
    kind: 'done',
    report: {
      ...period,
      ...(zone !== undefined && { zone }),
      by,
      targetMinutes,
      all,
      rows,
      ...(compared && { compared }),
    },
  };
};

/** Of another agency than their own there is nothing to see. */
const ofAgency = <T extends { readonly agencyId?: string | undefined }>(wanted: T, { agencyId }: ReportScope) => ({
  ...wanted,
  agencyId:
    agencyId === null || wanted.agencyId === undefined || wanted.agencyId === agencyId
      ? (agencyId ?? wanted.agencyId)
      : '',
});

/** The legs of a hall that are asked for, up to now, or `null` where the period is none or too long. */
export const legsOf = async (
  ports: HttpPorts,
  branchId: BranchId,
  { from, to, ...wanted }: LegsQuery,
  me: Me,
): Promise<AskedLegs | null> => {
  const period = periodOf({ from, to }, await todayOf(ports, branchId));
  if (!period) return null;
  await ports.legs.catchUp(branchId, (await ports.halls.branch(branchId)).setup.zone);
  return { period, only: ofAgency(wanted, me) };
};
