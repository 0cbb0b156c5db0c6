import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { JoiningCodeView } from '@antrean/shared/protocol/joining.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from '../http/app.ts';
import type { HttpPorts } from '../http/ports.ts';
import { sendProblem } from '../http/send-problem.ts';

/** Not for everybody, as the board is: whoever is told the code is taken to be in the hall (JOIN-2). */
export const showJoiningCodeRoute = (app: App, { halls, clock, joiningCodes }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/joining-code',
    {
      schema: {
        operationId: 'showJoiningCode',
        tags: ['device'],
        summary: 'The code by which visitors in the hall take a ticket with their own phone, another one each minute',
        params: BranchParams,
        response: {
          200: JoiningCodeView,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          409: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('joining:show'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const { setup } = await halls.branch(branchId);
      if (!setup.rules.remoteJoining) return sendProblem(request, reply, 409, 'NO_REMOTE_JOINING');
      return joiningCodes.codeOf(branchId, clock.now());
    },
  );
