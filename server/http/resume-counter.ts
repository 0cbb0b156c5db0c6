import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const resumeCounterRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/resume',
    {
      schema: {
        operationId: 'resumeCounter',
        tags: ['counter'],
        summary: 'Ends a break',
        params: CounterParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('counter:pause'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'resume-counter',
        counterId: request.params.counterId as CounterId,
      }),
  );
