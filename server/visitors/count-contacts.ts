import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { KeptContacts } from '@antrean/shared/protocol/contacts.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { countContacts } from './contact-store.ts';

const hourMs = 3_600_000;

export const countContactsRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/contacts',
    {
      schema: {
        operationId: 'countContacts',
        tags: ['visitor'],
        summary: 'How many phone numbers a hall keeps, and until when',
        params: BranchParams,
        response: { 200: KeptContacts, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('person:manage'),
    },
    async (request) => {
      const branchId = request.params.branchId as BranchId;
      const { contactMs } = (await ports.halls.branch(branchId)).setup.rules;
      const contactHours = contactMs === undefined ? null : contactMs / hourMs;
      return { ...(await countContacts(ports, branchId, signedIn(request).branchId)), contactHours };
    },
  );
