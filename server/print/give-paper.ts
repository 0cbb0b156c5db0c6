import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isAtKiosk } from '@antrean/shared/domain/usb-address.ts';
import { TicketParams } from '@antrean/shared/protocol/commands.ts';
import { PaperBytesView, TakePaperBody } from '@antrean/shared/protocol/paper.ts';
import { ticketIdOf } from '../http/answer-command.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { choosePrinter } from '@antrean/shared/domain/choose-printer.ts';
import { drawPaper } from './draw-paper.ts';

/** Gives a kiosk the paper of a ticket that it took itself, to print at its own USB (PAPER-10). */
export const givePaperRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/paper',
    {
      schema: {
        operationId: 'givePaper',
        tags: ['ticket'],
        summary:
          'The paper of a ticket for the kiosk that took it, to print at its own USB; a later one marked as a copy',
        params: TicketParams,
        body: TakePaperBody,
        response: { 200: PaperBytesView, ...problemsOfBody },
      },
      preHandler: app.allow('paper:take'),
    },
    async (request, reply) => {
      const { kioskPaper } = ports.printing;
      const branchId = request.params.branchId as BranchId;
      const ticketId = ticketIdOf(request.params.ticketId);
      const { hall, setup } = await ports.halls.branch(branchId);
      const ticket = hall.tickets.get(ticketId);
      if (!ticket || !ports.links.isOf(request.body.link, ticketId)) {
        return sendProblem(request, reply, 404, 'TICKET_UNKNOWN', { ticketId });
      }
      const printer = choosePrinter(setup, request.device?.printerId ?? null);
      if (!printer || !isAtKiosk(printer)) return sendProblem(request, reply, 409, 'PRINTER_NONE');
      const commandId = request.body.commandId.toLowerCase();
      const asked = { branchId, ticketId, commandId };
      const begun = await kioskPaper.begin(asked);
      if (!begun) return sendProblem(request, reply, 409, 'PRINTER_UNSURE');
      const { isCopy } = begun;
      const drawn = await drawPaper(ports, request, { hall, setup, ticket, printer, isCopy });
      if (typeof drawn !== 'string') {
        return { commandId, number: ticket.number, isCopy, bytes: Buffer.from(drawn).toString('base64') };
      }
      await kioskPaper.end(asked, 'no');
      return sendProblem(request, reply, 409, drawn);
    },
  );
