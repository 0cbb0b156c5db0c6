import { Readable } from 'node:stream';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { LegsQuery } from '@antrean/shared/protocol/report.ts';
import { stringify } from 'csv-stringify/sync';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import { listLegs, type ToldLeg } from '../insight/list-legs.ts';
import type { App } from './app.ts';
import { periodDaysMost } from './asked-period.ts';
import type { HttpPorts } from './ports.ts';
import { legsOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';

const columns = [
  ...['day', 'visit', 'leg', 'agency_id', 'service_id', 'priority_id', 'channel', 'booked', 'counter_id'],
  ...['queued_at', 'called_at', 'ended_at', 'wait_s', 'walk_s', 'service_s', 'called_by', 'recalls', 'misses'],
  ...['rejoins', 'ended', 'outcome', 'told_from_min', 'told_to_min'],
];

/** What a report of the same question is reckoned from, as a table (RFC 4180): a line for each leg, visits by the file's own count. */
export const exportLegsRoute = (app: App, ports: HttpPorts) => {
  // One at a time on each node: a year is much to read, and nobody needs it twice at once.
  let isUnderWay = false;
  return app.get(
    '/v1/branches/:branchId/legs.csv',
    {
      schema: {
        operationId: 'exportLegs',
        tags: ['branch'],
        summary: 'Every service of every visit in a period, without who anybody was, as CSV',
        params: BranchParams,
        querystring: LegsQuery,
        response: {
          200: { content: { 'text/csv': { schema: Type.Unsafe<Readable>(Type.String()) } } },
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          429: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      if (isUnderWay) return sendProblem(request, reply.header('retry-after', '5'), 429, 'EXPORT_UNDER_WAY');
      isUnderWay = true;
      // However it ends: sent, broken off by the reader, or never begun.
      reply.raw.once('close', () => (isUnderWay = false));
      const me = signedIn(request);
      const branchId = request.params.branchId as BranchId;
      const asked = await legsOf(ports, branchId, request.query, me);
      if (!asked) return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: periodDaysMost });
      const { from, to } = asked.period;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="antrean-visits-${branchId}-${from}-${to}.csv"`)
        .send(Readable.from(linesOf(listLegs(ports.inScope, branchId, asked, me.branchId)), { highWaterMark: 1 }));
    },
  );
};

const options = { escape_formulas: true, record_delimiter: 'windows' } as const;

const linesOf = async function* (lots: AsyncIterable<readonly ToldLeg[]>): AsyncGenerator<string> {
  yield stringify([columns], { ...options, bom: true });
  // A ticket's own id leads to it in the ledger.
  let [visit, ticketId] = [0, ''];
  for await (const legs of lots) {
    const lines = legs.map((leg) => {
      if (leg.ticketId !== ticketId) [visit, ticketId] = [visit + 1, leg.ticketId];
      return [
        ...[
          leg.day,
          visit,
          leg.leg + 1,
          leg.agencyId,
          leg.serviceId,
          leg.priorityId,
          leg.channel,
          leg.isBooked ? 1 : 0,
        ],
        ...[leg.counterId, instant(leg.queuedAt), instant(leg.calledAt), instant(leg.endedAt)],
        ...[seconds(leg.waitMs), seconds(leg.walkMs), seconds(leg.servedMs), leg.rule],
        ...[leg.recalls, leg.misses, leg.rejoins, leg.ending, leg.outcome, leg.toldFrom, leg.toldTo],
      ];
    });
    yield stringify(lines, options);
  }
};

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);
