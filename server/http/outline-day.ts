import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { outlineStepMs } from '@antrean/shared/domain/outline-day.ts';
import { DayOutlineView, DayParams } from '@antrean/shared/protocol/past.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { outlineDay } from '../insight/read-past.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

export const outlineDayRoute = (app: App, { halls, sql }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/days/:date',
    {
      schema: {
        operationId: 'outlineDay',
        tags: ['branch'],
        summary: 'A business day at a glance: when it began and ended, and how many waited every five minutes',
        params: DayParams,
        response: { 200: DayOutlineView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('past:read'),
    },
    async (request, reply) => {
      const { date } = request.params;
      const { id: branchId, setup } = await halls.branch(request.params.branchId as BranchId);
      const endsAt = businessDayEnd(date, setup.zone, setup.dayStartsAt);
      const outline = await outlineDay(sql, { branchId, date, endsAt });
      if (!outline) return sendProblem(request, reply, 404, 'DAY_UNKNOWN', { date });
      return { date, stepMs: outlineStepMs, ...outline, waiting: [...outline.waiting] };
    },
  );
