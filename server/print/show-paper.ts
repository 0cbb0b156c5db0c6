import { PaperQuery } from '@antrean/shared/protocol/paper.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { standingOf } from '../http/ticket-standing.ts';
import { opened, type VisitorPorts } from '../visitors/open-visit.ts';
import { linkOnPaper } from './link-on-paper.ts';
import { ticketTexts } from './ticket-texts.ts';

/** The ticket as it would be on paper, for a kiosk whose browser prints and for whoever has the link. */
export const showPaperRoute = (app: App, ports: VisitorPorts) =>
  app.get(
    '/v1/visits/:link/paper',
    {
      schema: {
        operationId: 'showPaper',
        tags: ['visitor'],
        summary: 'The ticket of a link as it would be on paper, a picture (PNG)',
        params: VisitParams,
        querystring: PaperQuery,
        response: {
          200: { content: { 'image/png': { schema: Type.Unsafe<Buffer>(Type.String({ format: 'binary' })) } } },
          404: Problem,
          409: Problem,
          429: Problem,
          503: Problem,
        },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      const { ticket, ticketId, branch } = visit;
      if (!ticket) return sendProblem(request, reply, 404, 'VISIT_UNKNOWN');
      const { hall, setup } = branch;
      const standing = await standingOf(ports, hall, ticket);
      const texts = ticketTexts({
        setup,
        ticket,
        ...standing,
        link: linkOnPaper(ports, request, ticketId),
        isCopy: false,
      });
      const paper = request.query.width === '58' ? 58 : 80;
      const picture = await ports.printing.drawing.draw({ kind: 'ticket', texts, paper, as: 'png' });
      if (typeof picture === 'string') return sendProblem(request, reply, 409, picture);
      return reply.header('cache-control', 'no-store').type('image/png').send(Buffer.from(picture));
    },
  );
