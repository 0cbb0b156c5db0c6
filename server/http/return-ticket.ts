import { PlainBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const returnTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/return',
    {
      schema: {
        operationId: 'returnTicket',
        tags: ['ticket'],
        summary: 'Back to its line, at the place it had',
        params: TicketParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:move'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'return-ticket',
        ticketId: ticketIdOf(request.params.ticketId),
      }),
  );
