import { setTimeout as sleep } from 'node:timers/promises';
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

/** While nothing happens what was read is good for everybody who asks within so long, ms. */
const goodForMs = 900;
/** A hall in which much happens is read no more often, ms, however many managers ask: whoever comes between waits for the next. */
const pauseMs = 200;

interface Read {
  /** By the process's own clock, ms; it may be to come. */
  readonly beginsAt: number;
  /** Of the hall when it began, at the least. */
  version: number;
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
  /** What the hall is now is in it, and what others asked for as late is shared. */
  const upToNow = async (branchId: BranchId, agencyId: string | undefined): Promise<TodayView> => {
    const branch = await halls.branch(branchId);
    const key = `${branchId} ${agencyId ?? ''}`;
    const known = latest.get(key);
    const now = performance.now();
    const isGood = known && known.version === branch.hall.version && now - known.beginsAt < goodForMs;
    if (known && (isGood || known.beginsAt > now)) return known.view;
    const beginsAt = Math.max(now, (known?.beginsAt ?? 0) + pauseMs);
    const fresh: Read = {
      beginsAt,
      version: -1,
      view: sleep(beginsAt - now).then(() => {
        fresh.version = branch.hall.version;
        return read(branchId, agencyId);
      }),
    };
    latest.set(key, fresh);
    fresh.view.catch(() => latest.get(key) === fresh && latest.delete(key));
    return fresh.view;
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
    (request) => upToNow(request.params.branchId as BranchId, signedIn(request).agencyId ?? undefined),
  );
};
