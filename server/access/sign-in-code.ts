import { Me } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { SignInCodeBody } from '@antrean/shared/protocol/second-factor.ts';
import { noteAlone } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { AccessPorts } from './access-ports.ts';
import { findStaff } from './find-staff.ts';
import { isStillHalfway, openHalfway } from './halfway.ts';
import { refuseTries } from './refuse-tries.ts';
import { beginSession } from './sessions.ts';
import { noteOf } from './staff-accounts.ts';
import { tryCode } from './try-code.ts';

/** The second half of signing in, where the account has a second factor (S2). */
export const signInCodeRoute = (app: App, ports: AccessPorts) =>
  app.post(
    '/v1/sign-in/code',
    {
      schema: {
        operationId: 'signInCode',
        tags: ['access'],
        summary: 'Starts a staff session with a code, after the password',
        body: SignInCodeBody,
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
      const halfway = openHalfway(ports.seal, request.body.halfway, ports.now());
      const staff = halfway && (await findStaff(ports, halfway.id));
      if (!halfway || !staff?.passwordHash || !isStillHalfway(halfway, staff.passwordHash)) {
        return sendProblem(request, reply, 401, 'SIGN_IN_OVER');
      }
      const { passwordHash: _, ...me } = staff;
      const tried = await tryCode(ports, request, me, request.body.code);
      if ('isRight' in tried && !tried.isRight) {
        await noteAlone(ports.sql, noteOf(request, 'session.refused', me));
      }
      if (refuseTries(request, reply, tried, [401, 'CODE_WRONG'])) return reply;
      await beginSession(request, me);
      return me;
    },
  );
