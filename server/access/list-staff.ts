import { StaffAccounts } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { readAccounts } from './staff-accounts.ts';

export const listStaffRoute = (app: App, { inScope }: AccessPorts) =>
  app.get(
    '/v1/staff',
    {
      schema: {
        operationId: 'listStaff',
        tags: ['access'],
        summary: 'The accounts of the staff',
        response: { 200: StaffAccounts, 401: Problem, 403: Problem, 503: Problem },
      },
      preHandler: app.allow('staff:manage'),
    },
    (request) => readAccounts(inScope, signedIn(request)),
  );
