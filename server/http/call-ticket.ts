import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { CallTicketBody, CounterParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const callTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/counters/:counterId/call',
    {
      schema: {
        operationId: 'callTicket',
        tags: ['counter'],
        summary: 'Calls exactly this ticket; out of turn with a reason',
        params: CounterParams,
        body: CallTicketBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:call-this'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'call-ticket',
        counterId: request.params.counterId as CounterId,
        ticketId: ticketIdOf(request.body.ticketId),
        ...(request.body.reason !== undefined && { reason: request.body.reason }),
      }),
  );
