import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import { DayParams, PastQuery, PastView } from '@antrean/shared/protocol/past.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { momentText } from '@antrean/shared/views/date-text.ts';
import { pastViewOf } from '@antrean/shared/views/past-view.ts';
import { signedIn } from '../access/guard.ts';
import { readPast } from '../insight/read-past.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sayTo, sendProblem } from './send-problem.ts';

export const showPastRoute = (app: App, { halls, clock, sql }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/days/:date/moment',
    {
      schema: {
        operationId: 'showPast',
        tags: ['branch'],
        summary: 'The hall as it stood at an instant of a business day, folded from the ledger',
        params: DayParams,
        querystring: PastQuery,
        response: { 200: PastView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 503: Problem },
      },
      preHandler: app.allow('past:read'),
    },
    async (request, reply) => {
      const { date } = request.params;
      const { id: branchId, setup } = await halls.branch(request.params.branchId as BranchId);
      const now = clock.now();
      const endsAt = businessDayEnd(date, setup.zone, setup.dayStartsAt);
      const at = request.query.at === undefined ? Math.min(now, endsAt - 1) : Number(request.query.at);
      if (at > now) return sendProblem(request, reply, 422, 'INSTANT_AHEAD');
      const past = await readPast(sql, { branchId, date }, at);
      if (past.kind === 'no-such-day') return sendProblem(request, reply, 404, 'DAY_UNKNOWN', { date });
      if (past.kind === 'too-early' || at >= endsAt) {
        const edge = past.kind === 'too-early' ? past.from : endsAt;
        const moment = momentText(sayTo(request), setup.zone, edge);
        return sendProblem(request, reply, 422, past.kind === 'too-early' ? 'INSTANT_TOO_EARLY' : 'INSTANT_TOO_LATE', {
          date,
          moment,
        });
      }
      const { hall } = past;
      const view = pastViewOf(hall, setup, signedIn(request).agencyId as AgencyId | null);
      return { date, at, version: hall.version, eventAt: hall.lastAt, ...view };
    },
  );
