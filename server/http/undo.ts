import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const undoRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/undo',
    {
      schema: {
        operationId: 'undo',
        tags: ['counter'],
        summary: 'Takes back the last act at the counter',
        params: CounterParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:call'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'undo',
        counterId: request.params.counterId as CounterId,
      }),
  );
