import { PlainBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const endMissedRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/no-show',
    {
      schema: {
        operationId: 'endMissed',
        tags: ['ticket'],
        summary: 'Gives a missed visitor up',
        params: TicketParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:move'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'end-missed',
        ticketId: ticketIdOf(request.params.ticketId),
      }),
  );
