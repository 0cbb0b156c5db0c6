import type { CounterId, StaffId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, OpenCounterBody } from '@antrean/shared/protocol/commands.ts';
import { agentOf, answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const openCounterRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/open',
    {
      schema: {
        operationId: 'openCounter',
        tags: ['counter'],
        summary: 'Opens a counter for an agent, who may leave another for it, or takes it over from another agent',
        params: CounterParams,
        body: OpenCounterBody,
        response: commandResponses,
      },
      preHandler: app.allow('counter:open'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'open-counter',
        counterId: request.params.counterId as CounterId,
        agentId: agentOf(request, request.body.agentId),
        ...(request.body.takeOverFrom !== undefined && { takeOverFrom: request.body.takeOverFrom as StaffId }),
        ...(request.body.moveFrom !== undefined && { moveFrom: request.body.moveFrom as CounterId }),
      }),
  );
