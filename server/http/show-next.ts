import type { BranchId, CounterId } from '@antrean/shared/domain/ids.ts';
import { nextFew } from '@antrean/shared/domain/next-few.ts';
import { CounterParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { NextView } from '@antrean/shared/protocol/staff-views.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

/** As many as a counter's screen has room for. */
const fewAtMost = 5;

export const showNextRoute = (app: App, { halls, clock }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/counters/:counterId/next',
    {
      schema: {
        operationId: 'showNext',
        tags: ['counter'],
        summary: 'Whom the counter would call next, and why; agents are not told where the hall hides its line',
        params: CounterParams,
        response: { 200: NextView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('floor:read'),
    },
    async (request, reply) => {
      const counterId = request.params.counterId as CounterId;
      const { hall, setup } = await halls.branch(request.params.branchId as BranchId);
      if (!setup.counters.has(counterId)) return sendProblem(request, reply, 404, 'COUNTER_UNKNOWN', { counterId });
      // BLIND-1
      if (setup.rules.hidesLine && request.staff?.role === 'agent') {
        return sendProblem(request, reply, 403, 'LINE_IS_HIDDEN', { counterId });
      }
      const now = Math.max(clock.now(), hall.lastAt);
      return {
        version: hall.version,
        next: nextFew(hall, setup, counterId, now, fewAtMost).map(({ ticket, why }) => ({
          ticketId: ticket.id,
          number: ticket.number,
          serviceId: ticket.serviceId,
          priority: ticket.priority,
          queuedAt: ticket.queuedAt,
          why,
        })),
      };
    },
  );
