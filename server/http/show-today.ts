import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { TodayView } from '@antrean/shared/protocol/dashboard.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { waitTargetOf } from '@antrean/shared/protocol/report.ts';
import { signedIn } from '../access/guard.ts';
import { readToday } from '../insight/read-today.ts';
import type { App } from './app.ts';
import { todayOf } from './asked-period.ts';
import type { HttpPorts } from './ports.ts';

/** What was read is good for everybody who asks within so long, ms: a hall with ten managers is read once. */
const goodForMs = 900;

interface Read {
  readonly at: number;
  readonly view: Promise<TodayView>;
}

export const showTodayRoute = (app: App, ports: HttpPorts) => {
  const { inScope, halls, legs, clock } = ports;
  const latest = new Map<string, Read>();
  const read = async (branchId: BranchId, agencyId: string | undefined): Promise<TodayView> => {
    const { zone, rules } = (await halls.branch(branchId)).setup;
    await legs.catchUp(branchId, zone);
    const asked = {
      date: await todayOf(ports, branchId),
      at: clock.now(),
      targetMinutes: waitTargetOf(rules),
      agencyId,
    };
    return readToday(inScope, branchId, zone, asked, branchId);
  };
  return app.get(
    '/v1/branches/:branchId/today',
    {
      schema: {
        operationId: 'showToday',
        tags: ['branch'],
        summary: 'How the business day stands: waits, shares, arrivals by the quarter of an hour, and a week before',
        params: BranchParams,
        response: { 200: TodayView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('report:read'),
    },
    (request) => {
      const branchId = request.params.branchId as BranchId;
      const agencyId = signedIn(request).agencyId ?? undefined;
      const key = `${branchId} ${agencyId ?? ''}`;
      const known = latest.get(key);
      if (known && performance.now() - known.at < goodForMs) return known.view;
      const fresh = { at: performance.now(), view: read(branchId, agencyId) };
      latest.set(key, fresh);
      fresh.view.catch(() => latest.get(key) === fresh && latest.delete(key));
      return fresh.view;
    },
  );
};
