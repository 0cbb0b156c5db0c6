import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { strandedBy } from '@antrean/shared/domain/stranded-by.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { PreviewBody, PreviewView } from '@antrean/shared/protocol/set-up-change.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { setupChanges } from '@antrean/shared/views/set-up-changes.ts';
import type { Halls } from '../hall/halls.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import { exportBlueprint } from '../setup/export-blueprint.ts';
import { readBlueprint, readBlueprintText } from '../setup/read-blueprint.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { problemsOfBody } from './problems-of-body.ts';
import { sendProblem } from './send-problem.ts';

/** More faults than this help nobody. */
const faultsShown = 200;

/** A hall of 240 services has 150 kB; only these routes take so much, and only from whoever may change the set-up. */
export const blueprintBytes = 1024 * 1024;

export const previewBlueprintRoute = (app: App, { sql, halls }: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/blueprint/preview',
    {
      schema: {
        operationId: 'previewBlueprint',
        tags: ['set-up'],
        summary: 'What is wrong in a blueprint, or what it would change; changes nothing',
        params: BranchParams,
        body: PreviewBody,
        response: { 200: PreviewView, ...problemsOfBody },
      },
      // Before the body is read.
      onRequest: app.allow('setup:change'),
      bodyLimit: blueprintBytes,
    },
    async (request, reply) => {
      const { branchId } = request.params;
      const now = await withinTimeout(exportBlueprint(sql, branchId));
      if (!now) return sendProblem(request, reply, 404, 'BRANCH_UNKNOWN');
      const { text, blueprint: draft } = request.body;
      const read = text === undefined ? readBlueprint(draft) : readBlueprintText(text);
      const { revision } = now;
      if (read.faults) {
        return { revision, faults: read.faults.slice(0, faultsShown), changes: [], stranded: [], blueprint: null };
      }
      // A blueprint of another hall is taken over into this one: what that changes is what is shown.
      const blueprint = { ...read.blueprint, branch: branchId };
      const changes = setupChanges(now.blueprint, blueprint);
      return { revision, faults: [], changes, stranded: await strandedNow(halls, blueprint), blueprint };
    },
  );

/** Whom a blueprint would leave stranded in the hall as it stands now; nobody when the day is closed. */
export const strandedNow = async (halls: Pick<Halls, 'branch'>, blueprint: Blueprint): Promise<string[]> => {
  const { hall } = await halls.branch(blueprint.branch as BranchId);
  return hall.day?.isOpen ? strandedBy(hall, setupOfBlueprint(blueprint)) : [];
};
