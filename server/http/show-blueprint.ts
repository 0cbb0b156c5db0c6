import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { BlueprintView, RevisionList, RevisionParams } from '@antrean/shared/protocol/set-up-change.ts';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import { exportBlueprint } from '../setup/export-blueprint.ts';
import { findRevision, listRevisions } from '../setup/list-revisions.ts';
import { writeBlueprint } from '../setup/write-blueprint.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

const problems = { 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem };

/** The set-up of a hall, as it is and as it was. */
export const showBlueprintRoutes = (app: App, { sql, inScope }: HttpPorts) => {
  const preHandler = app.allow('setup:read');
  const exported = (branchId: string) => withinTimeout(exportBlueprint(sql, branchId));

  app.get(
    '/v1/branches/:branchId/blueprint',
    {
      schema: {
        operationId: 'showBlueprint',
        tags: ['set-up'],
        summary: 'The set-up of a hall as a blueprint',
        params: BranchParams,
        response: { 200: BlueprintView, ...problems },
      },
      preHandler,
    },
    async (request, reply) =>
      (await exported(request.params.branchId)) ?? sendProblem(request, reply, 404, 'BRANCH_UNKNOWN'),
  );

  app.get(
    '/v1/branches/:branchId/blueprint.yaml',
    {
      schema: {
        operationId: 'exportBlueprint',
        tags: ['set-up'],
        summary: 'The same as a file that can be imported elsewhere',
        params: BranchParams,
        response: { 200: { content: { 'application/yaml': { schema: Type.String() } } }, ...problems },
      },
      preHandler,
    },
    async (request, reply) => {
      const { branchId } = request.params;
      const found = await exported(branchId);
      if (!found) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
      return reply
        .type('application/yaml')
        .header('content-disposition', `attachment; filename="${branchId}-${found.revision}.yaml"`)
        .send(writeBlueprint(found.blueprint));
    },
  );

  app.get(
    '/v1/branches/:branchId/revisions',
    {
      schema: {
        operationId: 'listRevisions',
        tags: ['set-up'],
        summary: 'Earlier set-ups of a hall, the latest first',
        params: BranchParams,
        response: { 200: RevisionList, ...problems },
      },
      preHandler,
    },
    (request) => listRevisions(inScope, signedIn(request), request.params.branchId),
  );

  app.get(
    '/v1/branches/:branchId/revisions/:revision',
    {
      schema: {
        operationId: 'showRevision',
        tags: ['set-up'],
        summary: 'An earlier set-up as a blueprint: preview and apply it to bring it back',
        params: RevisionParams,
        response: { 200: BlueprintView, ...problems },
      },
      preHandler,
    },
    async (request, reply) => {
      const { branchId, revision } = request.params;
      const found = await findRevision(inScope, signedIn(request), branchId, Number(revision));
      return found ?? sendProblem(request, reply, 404, 'REVISION_UNKNOWN', { revision });
    },
  );
};
