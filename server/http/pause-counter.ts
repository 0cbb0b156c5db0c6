import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, PauseCounterBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const pauseCounterRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/pause',
    {
      schema: {
        operationId: 'pauseCounter',
        tags: ['counter'],
        summary: 'Starts a break',
        params: CounterParams,
        body: PauseCounterBody,
        response: commandResponses,
      },
      preHandler: app.allow('counter:pause'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'pause-counter',
        counterId: request.params.counterId as CounterId,
        reason: request.body.reason,
      }),
  );
