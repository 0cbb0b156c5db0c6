import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isAtKiosk } from '@antrean/shared/domain/usb-address.ts';
import { TicketParams } from '@antrean/shared/protocol/commands.ts';
import { PrintedView, PrintTicketBody } from '@antrean/shared/protocol/paper.ts';
import { byRequest, noteAlone } from '../audit/note-entry.ts';
import { ticketIdOf } from '../http/answer-command.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { choosePrinter } from '@antrean/shared/domain/choose-printer.ts';
import { drawPaper } from './draw-paper.ts';

/** How long a ticket waits for others at the same printer, ms: a visitor stands before it. */
const patienceMs = 5_000;

export const printTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/print',
    {
      schema: {
        operationId: 'printTicket',
        tags: ['ticket'],
        summary: 'Prints a ticket at the printer of the kiosk or of the hall, a later one marked as a copy',
        params: TicketParams,
        body: PrintTicketBody,
        response: { 200: PrintedView, ...problemsOfBody },
      },
      preHandler: app.allow('ticket:print'),
    },
    async (request, reply) => {
      const { printing } = ports;
      const branchId = request.params.branchId as BranchId;
      const ticketId = ticketIdOf(request.params.ticketId);
      const { hall, setup } = await ports.halls.branch(branchId);
      const ticket = hall.tickets.get(ticketId);
      if (!ticket) return sendProblem(request, reply, 404, 'TICKET_UNKNOWN', { ticketId });
      const { printerId } = request.device ?? { printerId: request.body.printerId ?? null };
      const printer = choosePrinter(setup, printerId);
      if (!printer) return sendProblem(request, reply, 409, 'PRINTER_NONE');
      if (isAtKiosk(printer)) return sendProblem(request, reply, 409, 'PRINTER_AT_KIOSK');
      const commandId = request.body.commandId.toLowerCase();
      const printed = await printing.once.run({ branchId, ticketId, commandId }, async (isCopy) => {
        const drawn = await drawPaper(ports, request, { hall, setup, ticket, printer, isCopy });
        const outcome =
          typeof drawn === 'string'
            ? ({ kind: 'failed', fault: drawn } as const)
            : await printing.printers.print(printer, drawn, patienceMs);
        // A kiosk prints all day long; whoever of the staff does it answers for it.
        if (request.staff) {
          await noteAlone(ports.sql, {
            ...byRequest(request),
            action: 'ticket.printed',
            branchId,
            agencyId: setup.services.get(ticket.serviceId)?.agencyId ?? null,
            subject: ticket.number,
            after: { printerId: printer.id, isCopy, outcome: outcome.kind === 'failed' ? outcome.fault : 'printed' },
          });
        }
        return outcome;
      });
      if (printed.kind === 'failed') return sendProblem(request, reply, 409, printed.fault);
      return { commandId, number: ticket.number, isCopy: printed.isCopy, paper: printed.paper };
    },
  );
