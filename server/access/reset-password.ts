import { MadeAccount, StaffParams } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { newPassword } from './create-staff.ts';
import { hashPassword } from './hash-password.ts';
import { readAccounts } from './staff-accounts.ts';

/** For whoever forgot theirs: a new password, to be changed at first, and every session of the account ends. */
export const resetPasswordRoute = (app: App, { sql, sessions }: AccessPorts) =>
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
      const me = request.staff;
      if (!me) return sendProblem(request, reply, 401, 'SIGN_IN_NEEDED');
      const { staffId } = request.params;
      const [account] = await readAccounts(sql, me, staffId);
      if (!account) return sendProblem(request, reply, 404, 'STAFF_UNKNOWN');
      if (staffId === me.id) return sendProblem(request, reply, 409, 'OWN_ACCOUNT');
      const password = newPassword();
      await withinTimeout(sql`
        with changed as (
          update staff set password_hash = ${await hashPassword(password)}, must_change_password = true
          where id = ${staffId} returning id
        )
        delete from staff_session using changed where staff_id = changed.id`);
      sessions.forget();
      return { account: { ...account, mustChangePassword: true, sessions: 0 }, password };
    },
  );
