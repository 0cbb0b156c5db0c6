import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const parkRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/park',
    {
      schema: {
        operationId: 'park',
        tags: ['counter'],
        summary: 'Interrupts the visit; the same agent goes on with it later',
        params: CounterParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:call'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'park',
        counterId: request.params.counterId as CounterId,
      }),
  );
