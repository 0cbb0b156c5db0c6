import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { noteOf } from './staff-accounts.ts';

/** A forgotten sign-in elsewhere is ended from here; its screens are cut off within two seconds (S3). */
export const endSessionRoute = (app: App, { sql, sessions }: AccessPorts) =>
  app.post(
    '/v1/me/sessions/:sessionId/end',
    {
      schema: {
        operationId: 'endSession',
        tags: ['access'],
        summary: 'Ends a session of one’s own',
        params: Type.Object({ sessionId: Type.String({ pattern: '^[0-9a-f]{32}$' }) }, { additionalProperties: false }),
        response: { 204: Type.Null(), 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allowOwn,
    },
    async (request, reply) => {
      const me = signedIn(request);
      const [ended] = await withinTimeout(sql<[{ isEnded: boolean }]>`
        with ended as (
          delete from staff_session where staff_id = ${me.id} and left(id_hash, 32) = ${request.params.sessionId}
          returning id_hash
        ),
        noted as (${noteEntry(sql, 'ended', noteOf(request, 'session.ended', me))})
        select exists (select from ended) as "isEnded"`);
      if (!ended.isEnded) return sendProblem(request, reply, 404, 'SESSION_UNKNOWN');
      sessions.forget();
      return reply.code(204).send(null);
    },
  );
