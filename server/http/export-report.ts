import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ReportQuery } from '@antrean/shared/protocol/report.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { reportOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';
import { sendReportTable } from './send-report-table.ts';

/** The same figures as a table (RFC 4180). */
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
      const answer = await reportOf(ports, branchId, request.query, signedIn(request));
      if (answer.kind !== 'done') return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: answer.days });
      const { languages, name } = (await ports.halls.branch(branchId)).setup;
      const say = (texts: Readonly<Record<string, string>>) => sayName(texts, languages[0] ?? 'en', languages);
      return sendReportTable(reply as FastifyReply, branchId, answer.report, say, say(name));
    },
  );
