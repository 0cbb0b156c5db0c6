import type { PriorityId } from '@antrean/shared/domain/ids.ts';
import { ChangePriorityBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const changePriorityRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/priority',
    {
      schema: {
        operationId: 'changePriority',
        tags: ['ticket'],
        summary: 'Gives a visitor another class, or none',
        params: TicketParams,
        body: ChangePriorityBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:reclass'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'change-priority',
        ticketId: ticketIdOf(request.params.ticketId),
        priority: (request.body.priority ?? null) as PriorityId | null,
      }),
  );
