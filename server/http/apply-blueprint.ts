import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { AddHallBody, AppliedView, ApplyBody } from '@antrean/shared/protocol/set-up-change.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { byRequest } from '../audit/note-entry.ts';
import { applyBlueprint } from '../setup/apply-blueprint.ts';
import { SetupChanged } from '../setup/import-blueprint.ts';
import { readBlueprint } from '../setup/read-blueprint.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { blueprintBytes, strandedNow } from './preview-blueprint.ts';
import { problemsOfBody } from './problems-of-body.ts';
import { type ProblemCode, sendProblem } from './send-problem.ts';

/** More faults or people than this help nobody: the preview names them all. */
const told = 5;

/** Makes the set-up of a hall what a blueprint says, and makes a new hall of one: all or nothing. */
export const applyBlueprintRoutes = (app: App, { sql, halls }: HttpPorts) => {
  const apply = async (
    request: FastifyRequest,
    reply: FastifyReply,
    blueprint: Blueprint,
    { baseRevision, overtaken }: { baseRevision: number; overtaken: ProblemCode },
  ) => {
    try {
      return await applyBlueprint(sql, blueprint, { halls, baseRevision, by: byRequest(request) });
    } catch (error) {
      if (!(error instanceof SetupChanged)) throw error;
      return sendProblem(request, reply, 409, overtaken, { revision: error.revision });
    }
  };
  const refuseFaults = (request: FastifyRequest, reply: FastifyReply, faults: readonly { message: string }[]): void =>
    sendProblem(request, reply, 400, 'INVALID', { reason: someOf(faults.map(({ message }) => message)) });

  app.post(
    '/v1/branches/:branchId/blueprint',
    {
      schema: {
        operationId: 'applyBlueprint',
        tags: ['set-up'],
        summary: 'Makes the set-up of a hall what a blueprint says, all or nothing',
        params: BranchParams,
        body: ApplyBody,
        response: { 200: AppliedView, ...problemsOfBody },
      },
      onRequest: app.allow('setup:change'),
      bodyLimit: blueprintBytes,
    },
    async (request, reply) => {
      const { baseRevision, blueprint: draft } = request.body;
      const { branchId } = request.params;
      const { blueprint, faults } = readBlueprint(draft);
      if (faults) return refuseFaults(request, reply, faults);
      if (blueprint.branch !== branchId) {
        return refuseFaults(request, reply, [{ message: `branch: this hall is "${branchId}"` }]);
      }
      const stranded = await strandedNow(halls, blueprint);
      if (stranded.length > 0) return sendProblem(request, reply, 409, 'SETUP_STRANDS', { who: someOf(stranded) });
      return apply(request, reply, blueprint, { baseRevision, overtaken: 'SETUP_CHANGED' });
    },
  );

  app.post(
    '/v1/branches',
    {
      schema: {
        operationId: 'addHall',
        tags: ['set-up'],
        summary: 'Makes a new hall of a blueprint',
        body: AddHallBody,
        response: { 200: AppliedView, ...problemsOfBody },
      },
      onRequest: app.allow('hall:add'),
      bodyLimit: blueprintBytes,
    },
    async (request, reply) => {
      const { blueprint, faults } = readBlueprint(request.body.blueprint);
      if (faults) return refuseFaults(request, reply, faults);
      return apply(request, reply, blueprint, { baseRevision: 0, overtaken: 'HALL_EXISTS' });
    },
  );
};

const someOf = (sentences: readonly string[]): string => sentences.slice(0, told).join(' · ');
