import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import { isSameOrigin } from '../push/is-same-origin.ts';
import type { AccessPorts } from './access-ports.ts';
import { noteOf } from './staff-accounts.ts';

export const signOutRoute = (app: App, { sessions }: AccessPorts) =>
  app.post(
    '/v1/sign-out',
    {
      schema: {
        operationId: 'signOut',
        tags: ['access'],
        summary: 'Ends the staff session',
        response: { 204: Type.Null(), 403: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request.raw)) return sendProblem(request, reply, 403, 'FOREIGN_ORIGIN');
      const { staff, sessionId } = request.session;
      if (staff) {
        const note = noteOf(request, 'session.signed-out', staff);
        await sessions.end(sessionId, { ...note, role: staff.role, by: staff.id });
      }
      await request.session.destroy();
      return reply.code(204).send(null);
    },
  );
