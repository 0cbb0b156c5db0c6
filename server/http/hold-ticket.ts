import { HoldTicketBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const holdTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/hold',
    {
      schema: {
        operationId: 'holdTicket',
        tags: ['ticket'],
        summary: 'Sets a ticket aside while its visitor fetches something',
        params: TicketParams,
        body: HoldTicketBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:move'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'hold-ticket',
        ticketId: ticketIdOf(request.params.ticketId),
        reason: request.body.reason,
        minutes: request.body.minutes,
      }),
  );
