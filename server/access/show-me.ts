import { Me } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';

export const showMeRoute = (app: App) =>
  app.get(
    '/v1/me',
    {
      schema: {
        operationId: 'showMe',
        tags: ['access'],
        summary: 'Who is signed in',
        response: { 200: Me, 401: Problem },
      },
    },
    (request, reply) => request.staff ?? sendProblem(request, reply, 401, 'SIGN_IN_NEEDED'),
  );
