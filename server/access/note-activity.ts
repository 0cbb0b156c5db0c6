import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';

/** A page says that somebody is at it: like each act, that keeps the session (S3). What a page asks by itself does not. */
export const noteActivityRoute = (app: App) =>
  app.post(
    '/v1/me/seen',
    {
      schema: {
        operationId: 'noteActivity',
        tags: ['access'],
        summary: 'Keeps the session: somebody is at the screen',
        response: { 204: Type.Null(), 401: Problem, 403: Problem, 503: Problem },
      },
      preHandler: app.allowOwn,
    },
    (_request, reply) => void reply.code(204).send(null),
  );
