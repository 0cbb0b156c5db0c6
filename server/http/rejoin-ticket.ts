import { PlainBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const rejoinTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/rejoin',
    {
      schema: {
        operationId: 'rejoinTicket',
        tags: ['ticket'],
        summary: 'A missed visitor is back',
        params: TicketParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:rejoin'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'rejoin-ticket',
        ticketId: ticketIdOf(request.params.ticketId),
      }),
  );
