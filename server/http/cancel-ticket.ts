import { PlainBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const cancelTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/cancel',
    {
      schema: {
        operationId: 'cancelTicket',
        tags: ['ticket'],
        summary: 'Ends an open ticket',
        params: TicketParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:cancel'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'cancel-ticket',
        ticketId: ticketIdOf(request.params.ticketId),
      }),
  );
