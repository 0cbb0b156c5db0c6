import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { FilesView } from '@antrean/shared/protocol/files.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { FilePorts } from './file-ports.ts';
import { readFiles } from './file-rows.ts';

export const listFilesRoute = (app: App, { inScope }: FilePorts) =>
  app.get(
    '/v1/branches/:branchId/files',
    {
      schema: {
        operationId: 'listFiles',
        tags: ['file'],
        summary: 'The pictures, videos and recordings of a hall, and the screens that show them',
        params: BranchParams,
        response: { 200: FilesView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('setup:read'),
    },
    (request) => readFiles(inScope, { branchId: request.params.branchId, scope: signedIn(request).branchId }),
  );
