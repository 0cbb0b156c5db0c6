import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { PeriodQuery, SatisfactionView } from '@antrean/shared/protocol/survey.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import { periodDaysMost, periodOf, todayOf } from './asked-period.ts';
import type { HttpPorts } from './ports.ts';
import { satisfactionOf } from './satisfaction-of-period.ts';
import { sendProblem } from './send-problem.ts';

export const showSatisfactionRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/satisfaction',
    {
      schema: {
        operationId: 'showSatisfaction',
        tags: ['branch'],
        summary: 'How satisfied visitors say they are, of each service: stars, the nine means, index and grade',
        params: BranchParams,
        querystring: PeriodQuery,
        response: { 200: SatisfactionView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('satisfaction:read'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const period = periodOf(request.query, await todayOf(ports, branchId));
      if (!period) return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: periodDaysMost });
      return satisfactionOf(ports, branchId, period, signedIn(request));
    },
  );
