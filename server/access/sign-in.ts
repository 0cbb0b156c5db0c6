import { Me, SignInBody } from '@antrean/shared/protocol/access.ts';
import { CodeNeeded } from '@antrean/shared/protocol/second-factor.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { noteAlone } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { AccessPorts } from './access-ports.ts';
import { findStaff } from './find-staff.ts';
import { sealHalfway } from './halfway.ts';
import { hashPassword, isPassword } from './hash-password.ts';
import { refuseTries } from './refuse-tries.ts';
import { beginSession } from './sessions.ts';
import { noteOf } from './staff-accounts.ts';

const nobody = { id: '', branchId: null, agencyId: null };

/** Verified against for unknown logins, so that they take as long as known ones. */
const nobodysHash = hashPassword('nobody has this password');

export const signInRoute = (app: App, ports: AccessPorts) =>
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
          202: CodeNeeded,
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
      const { sql, tries, seal, now } = ports;
      const { login, password } = request.body;
      const staff = await findStaff(ports, login);
      const hash = staff?.passwordHash ?? (await nobodysHash);
      // An unknown login takes as long as a known one.
      const isRight = async () => (await isPassword(hash, password)) && staff?.passwordHash === hash;
      const tried = await tries.once(login, request.ip, isRight);
      // What was typed as a login that is none may be a password: it is kept nowhere.
      if ('isRight' in tried && !tried.isRight) {
        await noteAlone(sql, noteOf(request, 'session.refused', staff ?? nobody));
      }
      if (refuseTries(request, reply, tried, [401, 'SIGN_IN_WRONG']) || !staff) return reply;
      const { passwordHash: _, ...me } = staff;
      if (me.secondFactor === 'on') {
        return reply.code(202).send({ halfway: sealHalfway(seal, me.id, hash, now()) });
      }
      await beginSession(request, me);
      return me;
    },
  );
