import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const closeCounterRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/close',
    {
      schema: {
        operationId: 'closeCounter',
        tags: ['counter'],
        summary: 'Closes a counter',
        params: CounterParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('counter:close'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'close-counter',
        counterId: request.params.counterId as CounterId,
      }),
  );
