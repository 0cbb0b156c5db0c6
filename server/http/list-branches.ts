import { BranchList } from '@antrean/shared/protocol/branch.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const listBranchesRoute = (app: App, { listBranches }: HttpPorts) =>
  app.get(
    '/v1/branches',
    {
      schema: {
        operationId: 'listBranches',
        tags: ['branch'],
        summary: 'The halls of this installation',
        response: { 200: BranchList },
      },
      preHandler: app.allow('branch:read'),
    },
    () => listBranches(),
  );
