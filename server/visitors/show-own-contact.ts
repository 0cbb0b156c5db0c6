import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ContactsView } from '@antrean/shared/protocol/contacts.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { byRequest } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { exportContacts } from './contact-store.ts';
import { opened, type VisitorPorts } from './open-visit.ts';

export const showOwnContactRoute = (app: App, ports: VisitorPorts) =>
  app.get(
    '/v1/visits/:link/contact',
    {
      schema: {
        operationId: 'showOwnContact',
        tags: ['visitor'],
        summary: 'All that is kept of the person of a visitor',
        params: VisitParams,
        response: { 200: ContactsView, 404: Problem, 429: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      const { branch, ticketId } = visit;
      return { contacts: await exportContacts(ports, { branchId: branch.id, ticketId }, byRequest(request)) };
    },
  );
