import { ChangeStaffBody, StaffAccount, StaffParams } from '@antrean/shared/protocol/access.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { accountToManage } from './staff-accounts.ts';

/** Gives an account another name, role or branch, or switches it off, which ends its sessions. Nobody does so to the own one. */
export const changeStaffRoute = (app: App, { sql, sessions }: AccessPorts) =>
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
      const before = await accountToManage(sql, request, reply);
      if (!before) return reply;
      const { displayName, role, branchId, isDisabled } = { ...before, ...request.body };
      const { branchId: own } = signedIn(request);
      if (own !== null && branchId !== own) return sendProblem(request, reply, 403, 'OTHER_BRANCH');
      const [changed] = await withinTimeout(sql<{ isKnown: boolean }[]>`
        with known as (select ${branchId}::text is null or exists (select from branch where id = ${branchId}) as is_known),
        changed as (
          update staff set display_name = ${displayName}, role = ${role}, branch_id = ${branchId},
            disabled_at = case when ${isDisabled} then coalesce(disabled_at, now()) end
          from known where is_known and id = ${before.id} returning id
        ),
        ended as (delete from staff_session using changed where staff_id = changed.id and ${isDisabled})
        select is_known as "isKnown" from known`);
      if (!changed?.isKnown) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
      sessions.forget();
      const sessionsLeft = isDisabled ? 0 : before.sessions;
      return { ...before, displayName, role, branchId, isDisabled, sessions: sessionsLeft };
    },
  );
