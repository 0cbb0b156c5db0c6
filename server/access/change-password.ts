import { ChangePasswordBody } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { askPassword } from './ask-password.ts';
import { signedIn } from './guard.ts';
import { isGuessable } from './check-password.ts';
import { hashPassword } from './hash-password.ts';
import { hashOf } from './session-store.ts';
import { sessionIdOf } from './sessions.ts';
import { noteOf } from './staff-accounts.ts';

/** Whoever knows the present password chooses another; all other sessions of the account end. */
export const changePasswordRoute = (app: App, ports: AccessPorts) =>
  app.post(
    '/v1/me/password',
    {
      schema: {
        operationId: 'changePassword',
        tags: ['access'],
        summary: 'Chooses a password of one’s own',
        body: ChangePasswordBody,
        response: {
          204: Type.Null(),
          400: Problem,
          401: Problem,
          403: Problem,
          409: Problem,
          413: Problem,
          415: Problem,
          429: Problem,
          503: Problem,
        },
      },
      preHandler: app.allowOwn,
    },
    async (request, reply) => {
      const { sql, sessions } = ports;
      const me = signedIn(request);
      const { current, password } = request.body;
      if (!(await askPassword(ports, request, reply, current))) return reply;
      if (password === current) return sendProblem(request, reply, 400, 'PASSWORD_UNCHANGED');
      if (await isGuessable(password, [me.id, me.displayName])) {
        return sendProblem(request, reply, 400, 'PASSWORD_GUESSABLE');
      }
      const thisOne = hashOf(sessionIdOf(request.headers.cookie) ?? '');
      await withinTimeout(sql`
        with changed as (
          update staff set password_hash = ${await hashPassword(password)}, must_change_password = false
          where id = ${me.id} returning id
        ),
        noted as (${noteEntry(sql, 'changed', noteOf(request, 'staff.password-changed', me))})
        delete from staff_session using changed where staff_id = changed.id and id_hash <> ${thisOne}`);
      sessions.forget();
      return reply.code(204).send(null);
    },
  );
