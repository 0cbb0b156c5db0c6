import { keptForAgents } from '@antrean/shared/domain/decide/reassign-tickets.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { KeptView } from '@antrean/shared/protocol/staff-views.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const listKeptRoute = (app: App, { halls }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/kept-tickets',
    {
      schema: {
        operationId: 'listKept',
        tags: ['branch'],
        summary: 'For which agents tickets are kept, and which',
        params: BranchParams,
        response: { 200: KeptView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('ticket:reassign'),
    },
    async (request) => {
      const { hall } = await halls.branch(request.params.branchId as BranchId);
      return [...keptForAgents(hall)].map(([agentId, tickets]) => ({
        agentId,
        numbers: tickets.map(({ number }) => number),
      }));
    },
  );
