import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { CountryReportQuery, ReportView } from '@antrean/shared/protocol/report.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { reportOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';

export const showCountryReportRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/report',
    {
      schema: {
        operationId: 'showCountryReport',
        tags: ['branch'],
        summary: 'The same of all halls together that the account may see, as they stood at most ten minutes ago',
        querystring: CountryReportQuery,
        response: { 200: ReportView, 400: Problem, 401: Problem, 403: Problem, 503: Problem },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      const me = signedIn(request);
      const answer = await reportOf(ports, me.branchId as BranchId | null, request.query, me);
      if (answer.kind !== 'done') return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: answer.days });
      return answer.report;
    },
  );
