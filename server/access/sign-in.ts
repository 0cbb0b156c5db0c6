import { Me, SignInBody } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { AccessPorts } from './access-ports.ts';
import { findStaff } from './find-staff.ts';
import { hashPassword, isPassword } from './hash-password.ts';
import { beginSession } from './sessions.ts';

/** Verified against for unknown logins, so that they take as long as known ones. */
const nobodysHash = hashPassword('nobody has this password');

export const signInRoute = (app: App, { sql, tries }: AccessPorts) =>
  app.post(
    '/v1/sign-in',
    {
      schema: {
        operationId: 'signIn',
        tags: ['access'],
        summary: 'Starts a staff session',
        body: SignInBody,
        response: {
          200: Me,
          400: Problem,
          401: Problem,
          403: Problem,
          413: Problem,
          415: Problem,
          429: Problem,
          503: Problem,
        },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
      const { login, password } = request.body;
      const waitSeconds = tries.waitFor(login, request.ip, Date.now());
      if (waitSeconds > 0) {
        return sendProblem(request, reply.header('retry-after', waitSeconds), 429, 'TOO_MANY_TRIES', { waitSeconds });
      }
      const staff = await findStaff(sql, login);
      const isRight = await isPassword(staff?.passwordHash ?? (await nobodysHash), password);
      if (!staff || !isRight) {
        tries.failed(login, request.ip, Date.now());
        return sendProblem(request, reply, 401, 'SIGN_IN_WRONG');
      }
      tries.succeeded(login, request.ip);
      const { passwordHash: _, ...me } = staff;
      await beginSession(request, me);
      return me;
    },
  );
