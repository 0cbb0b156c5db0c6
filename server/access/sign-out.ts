import { Type } from 'typebox';
import type { App } from '../http/app.ts';

export const signOutRoute = (app: App) =>
  app.post(
    '/v1/sign-out',
    {
      schema: {
        operationId: 'signOut',
        tags: ['access'],
        summary: 'Ends the staff session',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await request.session.destroy();
      return reply.code(204).send(null);
    },
  );
