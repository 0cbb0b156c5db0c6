import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { HelpParams } from '@antrean/shared/protocol/help.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { DevicePorts } from '../devices/device-ports.ts';

export const answerHelpCallRoute = (app: App, { inScope, helpChanged }: DevicePorts) =>
  app.post(
    '/v1/branches/:branchId/help-calls/:place/answer',
    {
      schema: {
        operationId: 'answerHelpCall',
        tags: ['device'],
        summary:
          'Somebody goes to the kiosk or counter that called; who called says so that it is over. Without a call nothing happens',
        params: HelpParams,
        response: { 204: Type.Null(), 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('help:answer'),
    },
    async (request, reply) => {
      const { branchId, place } = request.params;
      const me = signedIn(request);
      await inScope(
        me.branchId,
        (sql) => sql`
        update help_call set answered_at = now(), answered_by = ${me.id}
        where branch_id = ${branchId} and place = ${place} and (answered_at is null or called_by = ${me.id})`,
      );
      helpChanged(branchId as BranchId);
      return reply.code(204).send(null);
    },
  );
