import { AddStaffBody, MadeAccount } from '@antrean/shared/protocol/access.ts';
import type { App } from '../http/app.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { newPassword } from './create-staff.ts';
import { signedIn } from './guard.ts';
import { hashPassword } from './hash-password.ts';
import { knownScope, refusedScope } from './staff-scope.ts';

/** Makes an account with a password of its own, which whoever gets it changes at first. */
export const addStaffRoute = (app: App, { inScope }: AccessPorts) =>
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
      const { login, displayName, role, branchId, agencyId = null } = request.body;
      const me = signedIn(request);
      const refused = refusedScope(me, { role, branchId, agencyId });
      if (refused) return sendProblem(request, reply, ...refused);
      const password = newPassword();
      const passwordHash = await hashPassword(password);
      const after = { displayName, role, branchId, agencyId };
      const note = { ...byRequest(request), action: 'staff.added', branchId, agencyId, subject: login, after } as const;
      const [made] = await inScope(
        me.branchId,
        (sql) => sql<{ branchKnown: boolean; scopeKnown: boolean; isMade: boolean }[]>`
        with known as (${knownScope(sql, { branchId, agencyId })}),
        made as (
          insert into staff (id, login, display_name, password_hash, role, branch_id, agency_id, must_change_password)
          select ${login}, ${login}, ${displayName}, ${passwordHash}, ${role}, ${branchId}, ${agencyId}, true
          from known where scope_known
          on conflict do nothing returning id
        ),
        noted as (${noteEntry(sql, 'made', note)})
        select branch_known as "branchKnown", scope_known as "scopeKnown", exists (select from made) as "isMade" from known`,
      );
      if (!made?.branchKnown) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
      if (!made.scopeKnown) return sendProblem(request, reply, 404, 'AGENCY_UNKNOWN');
      if (!made.isMade) return sendProblem(request, reply, 409, 'LOGIN_TAKEN', { login });
      const account = {
        id: login,
        login,
        ...after,
        isDisabled: false,
        mustChangePassword: true,
        hasSecondFactor: false,
        isFromOutside: false,
      };
      return reply.code(201).send({ account: { ...account, sessions: 0 }, password });
    },
  );
