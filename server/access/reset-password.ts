import { MadeAccount, StaffParams } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { newPassword } from './create-staff.ts';
import { signedIn } from './guard.ts';
import { hashPassword } from './hash-password.ts';
import { accountToManage, noteOf } from './staff-accounts.ts';

/** For whoever forgot theirs: a new password, to be changed at first, and every session of the account ends. */
export const resetPasswordRoute = (app: App, { inScope, sessions }: AccessPorts) =>
  app.post(
    '/v1/staff/:staffId/reset-password',
    {
      schema: {
        operationId: 'resetPassword',
        tags: ['access'],
        summary: 'Gives an account a new password and ends its sessions',
        params: StaffParams,
        response: {
          200: MadeAccount,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          409: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('staff:manage'),
    },
    async (request, reply) => {
      const account = await accountToManage(inScope, request, reply);
      if (!account) return reply;
      if (account.isFromOutside) return sendProblem(request, reply, 409, 'ACCOUNT_FROM_OUTSIDE');
      const password = newPassword();
      const passwordHash = await hashPassword(password);
      await inScope(
        signedIn(request).branchId,
        (sql) => sql`
        with changed as (
          update staff set password_hash = ${passwordHash}, must_change_password = true
          where id = ${account.id} returning id
        ),
        noted as (${noteEntry(sql, 'changed', noteOf(request, 'staff.password-reset', account))})
        delete from staff_session using changed where staff_id = changed.id`,
      );
      sessions.forget();
      return { account: { ...account, mustChangePassword: true, sessions: 0 }, password };
    },
  );
