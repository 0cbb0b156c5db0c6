import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { AlertsQuery, AlertsView } from '@antrean/shared/protocol/alerts.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AlertPorts } from './alert-ports.ts';
import { readMailState } from './read-channel-states.ts';
import { selectAlertsOfDay } from './select-alerts.ts';

export const listAlertsRoute = (app: App, ports: AlertPorts) =>
  app.get(
    '/v1/branches/:branchId/alerts',
    {
      schema: {
        operationId: 'listAlerts',
        tags: ['branch'],
        summary: 'The alerts of a business day: those that stand, are put off, or are over',
        params: BranchParams,
        querystring: AlertsQuery,
        response: { 200: AlertsView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('alert:read'),
    },
    async (request, reply) => {
      const { inScope, clock, halls } = ports;
      const { branchId } = request.params;
      const scope = signedIn(request).branchId;
      const { zone, dayStartsAt } = (await halls.branch(branchId as BranchId)).setup;
      const at = clock.now();
      const date = request.query.date ?? businessDate(at, zone, dayStartsAt);
      // Postgres knows no year 0.
      if (date < '0001') return sendProblem(request, reply, 404, 'DAY_UNKNOWN', { date });
      const alerts = await inScope(scope, (sql) => selectAlertsOfDay(sql, branchId, date));
      return { at, date, alerts, mail: await readMailState(ports, scope, branchId) };
    },
  );
