import { BeginFactorBody, FactorToConfirm } from '@antrean/shared/protocol/second-factor.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AccessPorts } from './access-ports.ts';
import { askPassword } from './ask-password.ts';
import { readFactor, sealPending } from './pending-factor.ts';
import { signedIn } from './guard.ts';
import { refuseTries } from './refuse-tries.ts';
import { newSecret, uriOf } from './time-code.ts';
import { tryCode } from './try-code.ts';

/** Begins to set up a second factor; to replace the one there is takes a code of that, too. Nothing is kept yet. */
export const beginFactorRoute = (app: App, ports: AccessPorts) =>
  app.post(
    '/v1/me/second-factor',
    {
      schema: {
        operationId: 'beginFactor',
        tags: ['access'],
        summary: 'Makes the secret of a second factor, to be confirmed with a code',
        body: BeginFactorBody,
        response: { 200: FactorToConfirm, ...problemsOfBody, 429: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request, reply) => {
      const me = signedIn(request);
      const { password, code } = request.body;
      // Whoever else knows the password could take the account for good.
      if (me.mustChangePassword) return sendProblem(request, reply, 403, 'PASSWORD_TO_CHANGE');
      if (!(await askPassword(ports, request, reply, password))) return reply;
      const present = await readFactor(ports.sql, me.id);
      if (present !== null) {
        if (code === undefined) return sendProblem(request, reply, 409, 'CODE_NEEDED');
        if (refuseTries(request, reply, await tryCode(ports, request, me, code), [403, 'CODE_WRONG'])) return reply;
      }
      const secret = newSecret();
      const pending = sealPending(ports.seal, { id: me.id, secret, replaces: present }, ports.now());
      return { secret, uri: uriOf(secret, me.id), pending };
    },
  );
