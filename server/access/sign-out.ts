import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';

export const signOutRoute = (app: App) =>
  app.post(
    '/v1/sign-out',
    {
      schema: {
        operationId: 'signOut',
        tags: ['access'],
        summary: 'Ends the staff session',
        response: { 204: Type.Null(), 403: Problem },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
      await request.session.destroy();
      return reply.code(204).send(null);
    },
  );
