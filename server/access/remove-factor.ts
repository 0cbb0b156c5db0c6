import { ProveOwnerBody } from '@antrean/shared/protocol/second-factor.ts';
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
import { proveOwner } from './prove-owner.ts';
import { noteOf } from './staff-accounts.ts';

/** Does without a second factor from now on, where that is up to its owner; takes password and code. */
export const removeFactorRoute = (app: App, ports: AccessPorts) =>
  app.post(
    '/v1/me/second-factor/remove',
    {
      schema: {
        operationId: 'removeFactor',
        tags: ['access'],
        summary: 'Turns the second factor off',
        body: ProveOwnerBody,
        response: { 204: Type.Null(), ...problemsOfBody, 429: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request, reply) => {
      const { sql, sessions, secondFactor } = ports;
      if (mustHaveFactor(secondFactor, signedIn(request).role))
        return sendProblem(request, reply, 409, 'SECOND_FACTOR_REQUIRED');
      const me = await proveOwner(ports, request, reply, request.body);
      if (!me) return reply;
      await withinTimeout(sql`
        with removed as (delete from staff_second_factor where staff_id = ${me.id} returning staff_id)
        ${noteEntry(sql, 'removed', noteOf(request, 'second-factor.removed', me))}`);
      sessions.forget();
      return reply.code(204).send(null);
    },
  );
