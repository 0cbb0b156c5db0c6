import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ErasedView } from '@antrean/shared/protocol/contacts.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { byRequest } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { eraseContacts } from './contact-store.ts';
import { opened, type VisitorPorts } from './open-visit.ts';

export const eraseOwnContactRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/contact/erase',
    {
      schema: {
        operationId: 'eraseOwnContact',
        tags: ['visitor'],
        summary: 'A visitor has all deleted that is kept of their person',
        params: VisitParams,
        response: { 200: ErasedView, 404: Problem, 429: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      const { branch, ticketId } = visit;
      return { erased: await eraseContacts(ports, { branchId: branch.id, ticketId }, byRequest(request)) };
    },
  );
