import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { DaysQuery, DaysView } from '@antrean/shared/protocol/past.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { listDays } from '../insight/read-past.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

/** A year: more than one chooses from. */
const daysAtOnce = 366;

export const listDaysRoute = (app: App, { halls, sql }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/days',
    {
      schema: {
        operationId: 'listDays',
        tags: ['branch'],
        summary: 'The business days on which tickets were issued, the latest first',
        params: BranchParams,
        querystring: DaysQuery,
        response: { 200: DaysView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('past:read'),
    },
    async (request) => {
      const { id } = await halls.branch(request.params.branchId as BranchId);
      const days = await listDays(sql, id, request.query.before ?? null, daysAtOnce + 1);
      return { days: days.slice(0, daysAtOnce), hasMore: days.length > daysAtOnce };
    },
  );
