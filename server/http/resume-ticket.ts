import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CounterParams, ResumeTicketBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const resumeTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/resume-ticket',
    {
      schema: {
        operationId: 'resumeTicket',
        tags: ['counter'],
        summary: 'Goes on with a parked visit',
        params: CounterParams,
        body: ResumeTicketBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:call'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'resume-ticket',
        counterId: request.params.counterId as CounterId,
        ticketId: ticketIdOf(request.body.ticketId),
      }),
  );
