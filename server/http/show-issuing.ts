import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { IssuingView } from '@antrean/shared/protocol/staff-views.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const showIssuingRoute = (app: App, { waits, clock }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/issuing',
    {
      schema: {
        operationId: 'showIssuing',
        tags: ['branch'],
        summary: 'How many tickets people take by themselves now, against what is usual at this time',
        params: BranchParams,
        response: { 200: IssuingView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      // Whoever may void a run of numbers is who has to know.
      preHandler: app.allow('ticket:void'),
    },
    async ({ params }) => {
      const at = clock.now();
      const learnt = await waits.of(params.branchId as BranchId);
      return { at, ...(await learnt.issuing(at)) };
    },
  );
