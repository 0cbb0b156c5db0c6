import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { TicketParams } from '@antrean/shared/protocol/commands.ts';
import { PaperToldView, TellPaperBody } from '@antrean/shared/protocol/paper.ts';
import { ticketIdOf } from '../http/answer-command.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';

/** A kiosk says whether the paper that it asked for came out of its printer (PAPER-10). */
export const tellPaperRoute = (app: App, { links, printing: { kioskPaper } }: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets/:ticketId/paper/told',
    {
      schema: {
        operationId: 'tellPaper',
        tags: ['ticket'],
        summary: 'A kiosk says whether the paper of its ticket came out: what surely did not is no copy later',
        params: TicketParams,
        body: TellPaperBody,
        response: { 200: PaperToldView, ...problemsOfBody },
      },
      preHandler: app.allow('paper:take'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const ticketId = ticketIdOf(request.params.ticketId);
      if (!links.isOf(request.body.link, ticketId)) {
        return sendProblem(request, reply, 404, 'TICKET_UNKNOWN', { ticketId });
      }
      const commandId = request.body.commandId.toLowerCase();
      await kioskPaper.end({ branchId, ticketId, commandId }, request.body.cameOut);
      return { commandId };
    },
  );
