import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Snapshot } from '@antrean/shared/protocol/screens.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const showBoardRoute = (app: App, { halls, clock }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/board',
    {
      schema: {
        operationId: 'showBoard',
        tags: ['branch'],
        summary: 'What the lobby screens show now; screens follow it over the socket instead',
        params: BranchParams,
        response: { 200: Snapshot, 400: Problem, 404: Problem, 503: Problem },
      },
      // The compiled serializer refuses a tuple whose second place may hold anything ("Item at 1 does not match").
      serializerCompiler: () => JSON.stringify,
      preHandler: app.allow('branch:read'),
    },
    async (request) => {
      const { hall, epoch } = await halls.branch(request.params.branchId as BranchId);
      return { epoch, version: hall.version, at: clock.now(), entries: [...viewOf('board', hall)] };
    },
  );
