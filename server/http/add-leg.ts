import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { AddLegBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const addLegRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/legs',
    {
      schema: {
        operationId: 'addLeg',
        tags: ['ticket'],
        summary: 'Adds a service that the visitor goes to afterwards',
        params: TicketParams,
        body: AddLegBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:move'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'add-leg',
        ticketId: ticketIdOf(request.params.ticketId),
        serviceId: request.body.serviceId as ServiceId,
      }),
  );
