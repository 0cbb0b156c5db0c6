import { AddStaffBody, MadeAccount } from '@antrean/shared/protocol/access.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { newPassword } from './create-staff.ts';
import { signedIn } from './guard.ts';
import { hashPassword } from './hash-password.ts';

/** Makes an account with a password of its own, which whoever gets it changes at first. */
export const addStaffRoute = (app: App, { sql }: AccessPorts) =>
  app.post(
    '/v1/staff',
    {
      schema: {
        operationId: 'addStaff',
        tags: ['access'],
        summary: 'Makes an account',
        body: AddStaffBody,
        response: { 201: MadeAccount, ...problemsOfBody },
      },
      preHandler: app.allow('staff:manage'),
    },
    async (request, reply) => {
      const { login, displayName, role, branchId } = request.body;
      // Whoever looks after one branch makes nobody who may work for others.
      const { branchId: own } = signedIn(request);
      if (own !== null && branchId !== own) return sendProblem(request, reply, 403, 'OTHER_BRANCH');
      const password = newPassword();
      const passwordHash = await hashPassword(password);
      const [made] = await withinTimeout(sql<{ isKnown: boolean; isMade: boolean }[]>`
        with known as (select ${branchId}::text is null or exists (select from branch where id = ${branchId}) as is_known),
        made as (
          insert into staff (id, login, display_name, password_hash, role, branch_id, must_change_password)
          select ${login}, ${login}, ${displayName}, ${passwordHash}, ${role}, ${branchId}, true from known where is_known
          on conflict do nothing returning id
        )
        select is_known as "isKnown", exists (select from made) as "isMade" from known`);
      if (!made?.isKnown) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
      if (!made.isMade) return sendProblem(request, reply, 409, 'LOGIN_TAKEN', { login });
      const account = { id: login, login, displayName, role, branchId, isDisabled: false, mustChangePassword: true };
      return reply.code(201).send({ account: { ...account, sessions: 0 }, password });
    },
  );
