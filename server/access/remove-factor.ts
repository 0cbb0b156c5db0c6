import { RemoveFactorBody } from '@antrean/shared/protocol/second-factor.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { mustHaveFactor } from './factor-policy.ts';
import { signedIn } from './guard.ts';
import { refuseTries } from './refuse-tries.ts';
import { noteOf } from './staff-accounts.ts';
import { tryCode } from './try-code.ts';

/** Does without a second factor from now on, where that is up to its owner; takes one more code. */
export const removeFactorRoute = (app: App, ports: AccessPorts) =>
  app.post(
    '/v1/me/second-factor/remove',
    {
      schema: {
        operationId: 'removeFactor',
        tags: ['access'],
        summary: 'Turns the second factor off',
        body: RemoveFactorBody,
        response: { 204: Type.Null(), ...problemsOfBody, 429: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request, reply) => {
      const { sql, sessions, secondFactor } = ports;
      const me = signedIn(request);
      if (mustHaveFactor(secondFactor, me.role)) return sendProblem(request, reply, 409, 'SECOND_FACTOR_REQUIRED');
      const tried = await tryCode(ports, request, me, request.body.code);
      if (refuseTries(request, reply, tried, [403, 'CODE_WRONG'])) return reply;
      await withinTimeout(sql`
        with removed as (delete from staff_second_factor where staff_id = ${me.id} returning staff_id)
        ${noteEntry(sql, 'removed', noteOf(request, 'second-factor.removed', me))}`);
      sessions.forget();
      return reply.code(204).send(null);
    },
  );
