import { ChangeStaffBody, StaffAccount, StaffParams } from '@antrean/shared/protocol/access.ts';
import type { App } from '../http/app.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { accountToManage } from './staff-accounts.ts';
import { knownScope, refusedScope } from './staff-scope.ts';

/** Gives an account another name, role or scope, or switches it off, which ends its sessions. Nobody does so to the own one. */
export const changeStaffRoute = (app: App, { inScope, sessions }: AccessPorts) =>
  app.post(
    '/v1/staff/:staffId',
    {
      schema: {
        operationId: 'changeStaff',
        tags: ['access'],
        summary: 'Changes an account, or switches it off and on',
        params: StaffParams,
        body: ChangeStaffBody,
        response: { 200: StaffAccount, ...problemsOfBody },
      },
      preHandler: app.allow('staff:manage'),
    },
    async (request, reply) => {
      const before = await accountToManage(inScope, request, reply);
      if (!before) return reply;
      const after = changeable({ ...before, ...request.body });
      const { displayName, role, branchId, agencyId, isDisabled } = after;
      const me = signedIn(request);
      const refused = refusedScope(me, after);
      if (refused) return sendProblem(request, reply, ...refused);
      const note = {
        ...byRequest(request),
        action: 'staff.changed',
        branchId,
        agencyId,
        subject: before.id,
        before: changeable(before),
        after,
      } as const;
      const [changed] = await inScope(
        me.branchId,
        (sql) => sql<{ branchKnown: boolean; scopeKnown: boolean }[]>`
        with known as (${knownScope(sql, after)}),
        changed as (
          update staff set display_name = ${displayName}, role = ${role}, branch_id = ${branchId}, agency_id = ${agencyId},
            disabled_at = case when ${isDisabled} then coalesce(disabled_at, now()) end
          from known where scope_known and id = ${before.id} returning id
        ),
        ended as (delete from staff_session using changed where staff_id = changed.id and ${isDisabled}),
        noted as (${noteEntry(sql, 'changed', note)})
        select branch_known as "branchKnown", scope_known as "scopeKnown" from known`,
      );
      if (!changed?.branchKnown) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
      if (!changed.scopeKnown) return sendProblem(request, reply, 404, 'AGENCY_UNKNOWN');
      sessions.forget();
      return { ...before, ...after, sessions: isDisabled ? 0 : before.sessions };
    },
  );

const changeable = ({ displayName, role, branchId, agencyId, isDisabled }: StaffAccount) => ({
  displayName,
  role,
  branchId,
  agencyId,
  isDisabled,
});
