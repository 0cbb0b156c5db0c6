import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { namedLegs } from '@antrean/shared/domain/legs.ts';
import { TicketParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { TicketView } from '@antrean/shared/protocol/ticket.ts';
import { ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';
import { standingOf } from './ticket-standing.ts';

export const showTicketRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/tickets/:ticketId',
    {
      schema: {
        operationId: 'showTicket',
        tags: ['ticket'],
        summary: 'Where a ticket of today stands',
        params: TicketParams,
        response: { 200: TicketView, 400: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('ticket:read'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const { hall } = await ports.halls.branch(branchId);
      const ticket = hall.tickets.get(ticketIdOf(request.params.ticketId));
      if (!ticket) return sendProblem(request, reply, 404, 'TICKET_UNKNOWN', { ticketId: request.params.ticketId });
      const { id, number, serviceId, status, priority, counterId, legs } = ticket;
      return {
        id,
        number,
        serviceId,
        status,
        ...(priority !== null && { priority }),
        ...namedLegs(legs),
        ...(await standingOf(ports, hall, ticket)),
        ...(counterId !== null && { counterId }),
      };
    },
  );
