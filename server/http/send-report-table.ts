import type { Lengths, ReportView } from '@antrean/shared/protocol/report.ts';
import type { FastifyReply } from 'fastify';
import { linesOf } from './report-lines.ts';
import { sendTable } from './send-table.ts';

const lengthColumns = (of: string): string[] =>
  ['count', 'mean_s', 'median_s', 'p90_s', 'max_s'].map((what) => `${of}_${what}`);
const columns = [
  ...['from', 'to', 'by', 'key', 'name', 'joined', 'called'],
  ...[...lengthColumns('wait'), ...lengthColumns('walk'), ...lengthColumns('service')],
  ...['target_minutes', 'within_target', 'told_sooner', 'told_within', 'told_later', 'within_standard', 'of_standard'],
  ...['done', 'moved', 'abandoned', 'no_shows'],
  ...['missed', 'rejoined', 'recalled', 'out_of_turn', 'open'],
];

/**
 * Sends a report as CSV, the period as a whole first, with the key `*`; what it is compared with comes after it, with days of
 * its own.
 *
 * @param whole what the whole is called
 */
export const sendReportTable = (
  reply: FastifyReply,
  of: string,
  report: ReportView,
  say: (texts: Readonly<Record<string, string>>) => string,
  whole: string,
) => {
  const { by, targetMinutes } = report;
  const lines = linesOf(report).map(({ from, to, row, figures }) => [
    ...[from, to, by, row?.key ?? '*', row ? (row.name ? say(row.name) : (row.number ?? row.key)) : whole],
    ...[figures.joined, figures.called, ...[figures.wait, figures.walk, figures.service].flatMap(lengthsOf)],
    ...[targetMinutes, figures.withinTarget.count, figures.told.sooner, figures.told.within, figures.told.later],
    ...[figures.withinStandard.count, figures.withinStandard.of],
    ...[figures.done, figures.moved, figures.abandoned.count, figures.noShows.count, figures.rejoined.of],
    ...[figures.rejoined.count, figures.recalled, figures.outOfTurn.count, figures.open],
  ]);
  return sendTable(reply, `antrean-report-${of}-${by}-${report.from}-${report.to}`, columns, lines);
};

const lengthsOf = ({ count, meanSeconds, medianSeconds, p90Seconds, maxSeconds }: Lengths) => [
  ...[count, meanSeconds, medianSeconds, p90Seconds, maxSeconds],
];
