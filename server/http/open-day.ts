import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams, OpenDayBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

/** How far ahead of today's a business day may be opened, ms: enough to rehearse the coming week. */
const aheadMs = 7 * 86_400_000;

export const openDayRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/day/open',
    {
      schema: {
        operationId: 'openDay',
        tags: ['day'],
        summary: 'Opens the business day',
        params: BranchParams,
        body: OpenDayBody,
        response: commandResponses,
      },
      preHandler: app.allow('day:open'),
    },
    async (request, reply) => {
      const { setup } = await ports.halls.branch(request.params.branchId as BranchId);
      const now = ports.clock.now();
      const date = request.body.date ?? businessDate(now, setup.zone, setup.dayStartsAt);
      const furthest = businessDate(now + aheadMs, setup.zone, setup.dayStartsAt);
      // A day never goes back (DAY-3): a mistyped year would keep the hall shut until then.
      if (date > furthest) return sendProblem(request, reply, 409, 'DAY_AHEAD', { date, furthest });
      return answerCommand(ports, request, reply, { type: 'open-day', date });
    },
  );
