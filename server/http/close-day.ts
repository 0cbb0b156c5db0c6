import { BranchParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const closeDayRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/day/close',
    {
      schema: {
        operationId: 'closeDay',
        tags: ['day'],
        summary: 'Closes the business day: every open ticket ends, every counter closes',
        params: BranchParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('day:close'),
    },
    (request, reply) => answerCommand(ports, request, reply, { type: 'close-day' }),
  );
