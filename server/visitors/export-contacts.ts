import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { ContactsOfBody, ContactsView } from '@antrean/shared/protocol/visitors.ts';
import { byRequest } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { exportContacts } from './contact-store.ts';

/** By POST: a number in an address would be in every log on the way. */
export const exportContactsRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/contacts/export',
    {
      schema: {
        operationId: 'exportContacts',
        tags: ['visitor'],
        summary: 'All that a hall keeps of a person, for whoever asks for their own',
        params: BranchParams,
        body: ContactsOfBody,
        response: { 200: ContactsView, ...problemsOfBody },
      },
      preHandler: app.allow('person:manage'),
    },
    async (request) => {
      const branchId = request.params.branchId as BranchId;
      await ports.halls.branch(branchId);
      return { contacts: await exportContacts(ports, { branchId, phone: request.body.phone }, byRequest(request)) };
    },
  );
