import { StaffParams } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { readAccounts } from './staff-accounts.ts';

/** Signs somebody out everywhere: their screens are cut off within two seconds (S3). */
export const endStaffSessionsRoute = (app: App, { sql, sessions }: AccessPorts) =>
  app.post(
    '/v1/staff/:staffId/end-sessions',
    {
      schema: {
        operationId: 'endStaffSessions',
        tags: ['access'],
        summary: 'Ends every session of an account',
        params: StaffParams,
        response: {
          200: Type.Object({ ended: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
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
      const ended = await withinTimeout(sql`delete from staff_session where staff_id = ${staffId}`);
      sessions.forget();
      return { ended: ended.count };
    },
  );
