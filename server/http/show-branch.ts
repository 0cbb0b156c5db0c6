import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchView } from '@antrean/shared/protocol/branch.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { App } from './app.ts';
import { branchView } from '@antrean/shared/views/branch-view.ts';
import type { HttpPorts } from './ports.ts';

export const showBranchRoute = (app: App, { halls }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId',
    {
      schema: {
        operationId: 'showBranch',
        tags: ['branch'],
        summary: 'What the branch offers: agencies, services, counters, priority classes',
        params: BranchParams,
        response: { 200: BranchView, 400: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('branch:read'),
    },
    async (request) => {
      const branch = await halls.branch(request.params.branchId as BranchId);
      const { setup, revision } = await branch.newestSetup();
      return branchView(setup, revision);
    },
  );
