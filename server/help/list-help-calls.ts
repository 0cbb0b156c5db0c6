import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { HelpCalls } from '@antrean/shared/protocol/help.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { DevicePorts } from '../devices/device-ports.ts';
import { selectHelpCalls } from './select-help-calls.ts';

export const listHelpCallsRoute = (app: App, { inScope, clock }: DevicePorts) =>
  app.get(
    '/v1/branches/:branchId/help-calls',
    {
      schema: {
        operationId: 'listHelpCalls',
        tags: ['device'],
        summary: 'The kiosks that call staff, and since when',
        params: BranchParams,
        response: { 200: HelpCalls, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('floor:read'),
    },
    async (request) => ({
      at: clock.now(),
      calls: await inScope(signedIn(request).branchId, (sql) => selectHelpCalls(sql, [request.params.branchId])),
    }),
  );
