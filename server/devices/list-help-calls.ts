import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { HelpCalls } from '@antrean/shared/protocol/help.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { DevicePorts } from './device-ports.ts';
import { callEndsAfterMinutes, openPlace } from './help-call.ts';

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
      calls: await inScope(
        signedIn(request).branchId,
        (sql) => sql<HelpCalls['calls']>`
        select place, name, area, (extract(epoch from called_at) * 1000)::bigint::float8 as "calledAt"
        from help_call left join device on device.id = place and device.branch_id = help_call.branch_id
        where help_call.branch_id = ${request.params.branchId} and answered_at is null
          and called_at > now() - ${callEndsAfterMinutes} * interval '1 minute'
          and (place = ${openPlace} or device.id is not null and revoked_at is null)
        order by called_at, place`,
      ),
    }),
  );
