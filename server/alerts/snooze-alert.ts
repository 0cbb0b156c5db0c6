import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { AlertParams, AlertView, SnoozeBody } from '@antrean/shared/protocol/alerts.ts';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AlertPorts } from './alert-ports.ts';
import { selectAlert } from './select-alerts.ts';

/** Somebody has seen an alert, and wants to be left alone with it for a while (ALERT-5). */
export const snoozeAlertRoute = (app: App, { inScope, alertsChanged }: AlertPorts) =>
  app.post(
    '/v1/branches/:branchId/alerts/:alertId/snooze',
    {
      schema: {
        operationId: 'snoozeAlert',
        tags: ['branch'],
        summary: 'Puts an alert off for some minutes, for all who are told of it',
        params: AlertParams,
        body: SnoozeBody,
        response: { 200: AlertView, ...problemsOfBody },
      },
      preHandler: app.allow('alert:snooze'),
    },
    async (request, reply) => {
      const { branchId, alertId } = request.params;
      const { minutes } = request.body;
      const me = signedIn(request);
      const note = {
        ...byRequest(request),
        action: 'alert.snoozed',
        branchId,
        subject: alertId,
        after: { minutes },
      } as const;
      await inScope(
        me.branchId,
        (sql) => sql`
        with snoozed as (
          update alert set snoozed_until = now() + ${minutes} * interval '1 minute', snoozed_by = ${me.id}
          where id = ${alertId}::uuid and branch_id = ${branchId} and resolved_at is null returning id
        )
        ${noteEntry(sql, 'snoozed', note)}`,
      );
      const [alert] = await inScope(me.branchId, (sql) => selectAlert(sql, branchId, alertId));
      if (!alert || alert.resolvedAt !== null) return sendProblem(request, reply, 404, 'ALERT_OVER');
      alertsChanged(branchId as BranchId);
      return alert;
    },
  );
