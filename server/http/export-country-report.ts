import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { CountryReportQuery } from '@antrean/shared/protocol/report.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import { askedLanguage } from './asked-language.ts';
import type { HttpPorts } from './ports.ts';
import { reportOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';
import { sendReportTable } from './send-report-table.ts';

export const exportCountryReportRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/report.csv',
    {
      schema: {
        operationId: 'exportCountryReport',
        tags: ['branch'],
        summary: 'The same of all halls together that the account may see, as CSV',
        querystring: CountryReportQuery,
        response: {
          200: { content: { 'text/csv': { schema: Type.String() } } },
          400: Problem,
          401: Problem,
          403: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      const me = signedIn(request);
      const answer = await reportOf(ports, me.branchId as BranchId | null, request.query, me);
      if (answer.kind !== 'done') return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: answer.days });
      const language = askedLanguage(request.headers['accept-language']);
      return sendReportTable(reply as FastifyReply, 'all', answer.report, (texts) => sayName(texts, language), '*');
    },
  );
