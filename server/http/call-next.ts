import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const callNextRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/call-next',
    {
      schema: {
        operationId: 'callNext',
        tags: ['counter'],
        summary: 'Calls whoever is next for the counter; finishes the visit there where the hall wants it',
        params: CounterParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:call'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'call-next',
        counterId: request.params.counterId as CounterId,
      }),
  );
