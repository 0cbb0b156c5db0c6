import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams, OpenDayBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

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
      const date = request.body.date ?? businessDate(ports.clock.now(), setup.zone, setup.dayStartsAt);
      return answerCommand(ports, request, reply, { type: 'open-day', date });
    },
  );
