import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { HelpView } from '@antrean/shared/protocol/help.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { refuseStrangers } from '../devices/refuse-strangers.ts';
import { callEndsAfterMinutes, openPlace, quietMinutes } from './help-call.ts';

export const callStaffRoute = (app: App, { inScope, halls, clock, helpChanged }: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/help-calls',
    {
      schema: {
        operationId: 'callStaff',
        tags: ['device'],
        summary: 'Calls staff to the kiosk; asked again, says how that call stands',
        params: BranchParams,
        response: { 200: HelpView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: [app.allow('help:call'), refuseStrangers(halls)],
    },
    async (request) => {
      const { branchId } = request.params;
      const place = request.device?.id ?? openPlace;
      const [call] = await inScope(
        branchId,
        (sql) => sql<HelpView[]>`
        with called as (
          insert into help_call as held (branch_id, place) values (${branchId}, ${place})
          on conflict (branch_id, place) do update set called_at = now(), answered_at = null
          where held.answered_at < now() - ${quietMinutes} * interval '1 minute'
            or held.answered_at is null and held.called_at < now() - ${callEndsAfterMinutes} * interval '1 minute'
          returning called_at, answered_at
        ),
        known as (
          select called_at, answered_at from called
          union all
          select called_at, answered_at from help_call
          where branch_id = ${branchId} and place = ${place} and not exists (select from called)
        )
        select (extract(epoch from called_at) * 1000)::bigint::float8 as "calledAt",
          (extract(epoch from answered_at) * 1000)::bigint::float8 as "answeredAt"
        from known`,
      );
      helpChanged(branchId as BranchId);
      // Called twice in the same moment: the other call is not to be seen yet.
      return call ?? { calledAt: clock.now(), answeredAt: null };
    },
  );
