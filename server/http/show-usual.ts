import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { UsualView } from '@antrean/shared/protocol/dashboard.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import { readUsual } from '../insight/read-usual.ts';
import type { App } from './app.ts';
import { todayOf } from './asked-period.ts';
import type { HttpPorts } from './ports.ts';

export const showUsualRoute = (app: App, ports: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/usual',
    {
      schema: {
        operationId: 'showUsual',
        tags: ['branch'],
        summary: 'How many come on this weekday by the quarter of an hour, and in a week by the hour',
        params: BranchParams,
        response: { 200: UsualView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('report:read'),
    },
    async (request) => {
      const branchId = request.params.branchId as BranchId;
      const { agencyId, branchId: scope } = signedIn(request);
      const { zone } = (await ports.halls.branch(branchId)).setup;
      await ports.legs.catchUp(branchId, zone);
      const asked = { date: await todayOf(ports, branchId), agencyId: agencyId ?? undefined };
      return readUsual(ports.inScope, branchId, zone, asked, scope);
    },
  );
