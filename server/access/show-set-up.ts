import { SetUpState } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import type { FirstRun } from './set-up-code.ts';

export const showSetUpRoute = (app: App, firstRun: FirstRun) =>
  app.get(
    '/v1/set-up',
    {
      schema: {
        operationId: 'showSetUp',
        tags: ['access'],
        summary: 'Whether the first administrator is still to be made',
        response: { 200: SetUpState, 503: Problem },
      },
    },
    async () => ({ isNeeded: await firstRun.isNow() }),
  );
