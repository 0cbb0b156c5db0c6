import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, FinishBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const finishRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/finish',
    {
      schema: {
        operationId: 'finish',
        tags: ['counter'],
        summary: 'Ends the visit',
        params: CounterParams,
        body: FinishBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:call'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'finish',
        counterId: request.params.counterId as CounterId,
        outcome: request.body.outcome ?? null,
        ...(request.body.quantity !== undefined && { quantity: request.body.quantity }),
      }),
  );
