import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { type Lengths, type ReportFigures, ReportQuery } from '@antrean/shared/protocol/report.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import { periodDaysMost, periodOf, todayOf } from './asked-period.ts';
import type { HttpPorts } from './ports.ts';
import { reportOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';
import { sendTable } from './send-table.ts';

const lengthColumns = (of: string): string[] =>
  ['count', 'mean_s', 'median_s', 'p90_s', 'max_s'].map((what) => `${of}_${what}`);
const columns = [
  ...['from', 'to', 'by', 'key', 'name', 'joined', 'called'],
  ...[...lengthColumns('wait'), ...lengthColumns('walk'), ...lengthColumns('service')],
  ...['target_minutes', 'within_target', 'within_standard', 'of_standard', 'done', 'moved', 'abandoned', 'no_shows'],
  ...['missed', 'rejoined', 'recalled', 'out_of_turn', 'open'],
];

/** The same figures as a table (RFC 4180), the period as a whole first, with the key `*`. */
export const exportReportRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/report.csv',
    {
      schema: {
        operationId: 'exportReport',
        tags: ['branch'],
        summary: 'How long visitors waited, walked and were served in a period, as CSV',
        params: BranchParams,
        querystring: ReportQuery,
        response: {
          200: { content: { 'text/csv': { schema: Type.String() } } },
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const period = periodOf(request.query, await todayOf(ports, branchId));
      if (!period) return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: periodDaysMost });
      const { from, to, by, targetMinutes, all, rows } = await reportOf(
        ports,
        branchId,
        period,
        request.query,
        signedIn(request),
      );
      const { languages, name } = (await ports.halls.branch(branchId)).setup;
      const say = (texts: Readonly<Record<string, string>>) => sayName(texts, languages[0] ?? 'en', languages);
      const line = (key: string, said: string | number, figures: ReportFigures) => [
        ...[from, to, by, key, said, figures.joined, figures.called],
        ...[figures.wait, figures.walk, figures.service].flatMap(lengthsOf),
        ...[targetMinutes, figures.withinTarget.count, figures.withinStandard.count, figures.withinStandard.of],
        ...[figures.done, figures.moved, figures.abandoned.count, figures.noShows.count, figures.rejoined.of],
        ...[figures.rejoined.count, figures.recalled, figures.outOfTurn.count, figures.open],
      ];
      const lines = [
        line('*', say(name), all),
        ...rows.map((row) => line(row.key, row.name ? say(row.name) : (row.number ?? row.key), row)),
      ];
      return sendTable(reply as FastifyReply, `antrean-report-${branchId}-${by}-${from}-${to}`, columns, lines);
    },
  );

const lengthsOf = ({ count, meanSeconds, medianSeconds, p90Seconds, maxSeconds }: Lengths) => [
  ...[count, meanSeconds, medianSeconds, p90Seconds, maxSeconds],
];
