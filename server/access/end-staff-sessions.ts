import { StaffParams } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { accountToManage, noteOf } from './staff-accounts.ts';

/** Signs somebody out everywhere: their screens are cut off within two seconds (S3). */
export const endStaffSessionsRoute = (app: App, { inScope, sessions }: AccessPorts) =>
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
      const account = await accountToManage(inScope, request, reply, { mayBeOwn: true });
      if (!account) return reply;
      const [ended] = await inScope(
        signedIn(request).branchId,
        (sql) => sql<[{ count: number }]>`
        with ended as (delete from staff_session where staff_id = ${account.id} returning id_hash),
        ended_any as (select from ended limit 1),
        noted as (${noteEntry(sql, 'ended_any', noteOf(request, 'staff.sessions-ended', account))})
        select count(*)::int as count from ended`,
      );
      sessions.forget();
      return { ended: ended.count };
    },
  );
