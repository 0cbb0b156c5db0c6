import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { OutOfTurnQuery, OutOfTurnView } from '@antrean/shared/protocol/report.ts';
import { signedIn } from '../access/guard.ts';
import { listOutOfTurn } from '../insight/list-out-of-turn.ts';
import type { App } from './app.ts';
import { periodDaysMost } from './asked-period.ts';
import type { HttpPorts } from './ports.ts';
import { legsOf } from './report-of-period.ts';
import { sendProblem } from './send-problem.ts';

export const listOutOfTurnRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/out-of-turn',
    {
      schema: {
        operationId: 'listOutOfTurn',
        tags: ['branch'],
        summary: 'Whose first call was picked by hand, by whom, when, over how many and why, the latest first',
        params: BranchParams,
        querystring: OutOfTurnQuery,
        response: { 200: OutOfTurnView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('report:read'),
    },
    async (request, reply) => {
      const me = signedIn(request);
      const branchId = request.params.branchId as BranchId;
      const { after, ...query } = request.query;
      const asked = await legsOf(ports, branchId, query, me);
      if (!asked) return sendProblem(request, reply, 400, 'PERIOD_WRONG', { days: periodDaysMost });
      return { ...asked.period, ...(await listOutOfTurn(ports.inScope, branchId, asked, after, me.branchId)) };
    },
  );
