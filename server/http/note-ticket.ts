import { NoteTicketBody, TicketParams } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses, ticketIdOf } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const noteTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/note',
    {
      schema: {
        operationId: 'noteTicket',
        tags: ['ticket'],
        summary: 'A word to whoever serves it next',
        params: TicketParams,
        body: NoteTicketBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:move'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'note-ticket',
        ticketId: ticketIdOf(request.params.ticketId),
        note: request.body.note ?? null,
      }),
  );
