import { waitingCount } from '@antrean/shared/domain/hall.ts';
import type { BranchId, PriorityId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { expectedWaitView, WaitsQuery, WaitsView } from '@antrean/shared/protocol/waits.ts';
import { expectNewcomers } from '../insight/expect-newcomers.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

export const showWaitsRoute = (app: App, { halls, waits, clock }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/waits',
    {
      schema: {
        operationId: 'showWaits',
        tags: ['branch'],
        summary: 'How long whoever comes now waits, service by service: a range, and what it rests on',
        params: BranchParams,
        querystring: WaitsQuery,
        response: { 200: WaitsView, 400: Problem, 404: Problem, 422: Problem, 503: Problem },
      },
      preHandler: app.allow('branch:read'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const { hall, setup } = await halls.branch(branchId);
      const priority = (request.query.priority ?? null) as PriorityId | null;
      if (priority !== null && !setup.priorities.has(priority)) {
        return sendProblem(request, reply, 422, 'PRIORITY_UNKNOWN', { priority });
      }
      const at = clock.now();
      const expected = await expectNewcomers({ halls, waits }, branchId, { at, priority });
      const services = [...expected].map(([serviceId, wait]) => ({
        serviceId,
        waiting: waitingCount(hall, serviceId),
        ...(wait && { expected: expectedWaitView(wait) }),
      }));
      return { at, services };
    },
  );
