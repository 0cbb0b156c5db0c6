import type { ReportFigures, ReportView } from '@antrean/shared/protocol/report.ts';

type ReportRow = ReportView['rows'][number];

/** A line of a report that is taken along as a table: of the period, or of the one it is compared with. */
export interface ReportLine {
  readonly from: string;
  readonly to: string;
  /** `null`: the period as a whole. */
  readonly row: ReportRow | null;
  readonly figures: ReportFigures;
}

/** The period as a whole first, then its rows; then the same of the period it is compared with. */
export const linesOf = ({ from, to, all, rows, compared }: ReportView): ReportLine[] =>
  [{ from, to, all, rows }, ...(compared ? [compared] : [])].flatMap((period) => [
    { from: period.from, to: period.to, row: null, figures: period.all },
    ...period.rows.map((row) => ({ from: period.from, to: period.to, row, figures: row })),
  ]);
