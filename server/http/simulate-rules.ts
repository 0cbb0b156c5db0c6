import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { SimulateBody, SimulationView } from '@antrean/shared/protocol/simulate.ts';
import { ruleSimulator } from '../insight/simulate-rules.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

/** More faults than this help nobody. */
const faultsShown = 10;

export const simulateRulesRoute = (app: App, { halls, clock, sql }: HttpPorts) => {
  const simulate = ruleSimulator(sql);
  app.post(
    '/v1/branches/:branchId/simulate',
    {
      schema: {
        operationId: 'simulateRules',
        tags: ['branch'],
        summary: 'Runs other rules over a past day and compares the waits; changes nothing',
        params: BranchParams,
        body: SimulateBody,
        response: {
          200: SimulationView,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          413: Problem,
          415: Problem,
          429: Problem,
          503: Problem,
        },
      },
      // What is wrong with rules is said in the blueprint's words, not in those of a schema.
      attachValidation: true,
      preHandler: app.allow('branch:simulate'),
    },
    async (request, reply) => {
      const { validationError: invalid } = request;
      if (invalid && (invalid.validationContext !== 'body' || !hasRules(request.body))) throw invalid;
      const branchId = request.params.branchId as BranchId;
      const { rules, priorities, targetMinutes } = request.body;
      const { setup } = await halls.branch(branchId);
      const answer = await simulate({
        branchId,
        date: request.body.date ?? businessDate(clock.now(), setup.zone, setup.dayStartsAt),
        change: { ...(rules !== undefined && { rules }), ...(priorities !== undefined && { priorities }) },
        isOnlyCheck: invalid !== undefined,
        ...(targetMinutes !== undefined && { targetMs: targetMinutes * 60_000 }),
      });
      switch (answer.kind) {
        case 'done':
          return reply.send({ revision: answer.revision, ...answer.day } as unknown as SimulationView);
        case 'right-rules':
          throw invalid;
        case 'wrong-rules':
          return sendProblem(request, reply, 400, 'INVALID', {
            reason: answer.faults.slice(0, faultsShown).join(' · '),
          });
        case 'no-such-day':
          return sendProblem(request, reply, 404, 'DAY_UNKNOWN', { date: answer.date });
        case 'busy':
          return sendProblem(request, reply.header('retry-after', '2'), 429, 'SIMULATION_UNDER_WAY');
      }
    },
  );
};

const hasRules = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('rules' in body || 'priorities' in body);
