import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { EraseContactsBody, ErasedView } from '@antrean/shared/protocol/contacts.ts';
import { signedIn } from '../access/guard.ts';
import { byRequest } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { type ContactsOf, eraseContacts } from './contact-store.ts';
import { namesNumber } from './names-number.ts';

/** By POST: a number in an address would be in every log on the way. */
export const eraseContactsRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/contacts/erase',
    {
      schema: {
        operationId: 'eraseContacts',
        tags: ['visitor'],
        summary: 'Deletes all that a hall keeps of a person',
        params: BranchParams,
        body: EraseContactsBody,
        response: { 200: ErasedView, ...problemsOfBody },
      },
      preHandler: app.allow('person:manage'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      await ports.halls.branch(branchId);
      const { reason, ...whose } = request.body;
      if (namesNumber(reason)) return sendProblem(request, reply, 400, 'REASON_HAS_NUMBER');
      const staff = { hall: signedIn(request).branchId, reason };
      const of = { branchId, ...whose } as ContactsOf;
      return { erased: await eraseContacts(ports, of, byRequest(request), staff) };
    },
  );
