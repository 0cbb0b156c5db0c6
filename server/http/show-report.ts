import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ReportQuery, ReportView } from '@antrean/shared/protocol/report.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { reportOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';

export const showReportRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/report',
    {
      schema: {
        operationId: 'showReport',
        tags: ['branch'],
        summary: 'How long visitors waited, walked and were served in a period, and who left or did not come',
        params: BranchParams,
        querystring: ReportQuery,
        response: { 200: ReportView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const answer = await reportOf(ports, branchId, request.query, signedIn(request));
      if (answer.kind !== 'done') return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: answer.days });
      return answer.report;
    },
  );
