import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Reservation } from '@antrean/shared/domain/ticket.ts';
import { TicketParams, TransferTicketBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const transferTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/transfer',
    {
      schema: {
        operationId: 'transferTicket',
        tags: ['ticket'],
        summary: 'To another service, counter or agent, with number and waiting credit',
        params: TicketParams,
        body: TransferTicketBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:move'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'transfer-ticket',
        ticketId: ticketIdOf(request.params.ticketId),
        serviceId: (request.body.serviceId ?? null) as ServiceId | null,
        reservedFor: (request.body.keptFor ?? null) as Reservation | null,
        note: request.body.note ?? null,
        comesBack: request.body.comesBack ?? false,
      }),
  );
