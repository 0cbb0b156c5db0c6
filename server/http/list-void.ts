import { ticketsToVoid } from '@antrean/shared/domain/decide/void-tickets.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { parseNumber } from '@antrean/shared/domain/numbers.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { NumbersView, RunParams } from '@antrean/shared/protocol/staff-views.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const listVoidRoute = (app: App, { halls }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/void-tickets/:run',
    {
      schema: {
        operationId: 'listVoid',
        tags: ['branch'],
        summary: 'Which tickets would end if this run of numbers were made void now',
        params: RunParams,
        response: { 200: NumbersView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('ticket:void'),
    },
    async (request) => {
      const { hall } = await halls.branch(request.params.branchId as BranchId);
      const [first = '', last = ''] = request.params.run.split('-');
      const { prefix, value } = parseNumber(first);
      return { numbers: ticketsToVoid(hall, { prefix, from: value, to: Number(last) }).map(({ number }) => number) };
    },
  );
