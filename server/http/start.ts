import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const startRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/start',
    {
      schema: {
        operationId: 'start',
        tags: ['counter'],
        summary: 'The visitor has arrived',
        params: CounterParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:call'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'start',
        counterId: request.params.counterId as CounterId,
      }),
  );
