import { SubscriberParams } from '@antrean/shared/protocol/alert-subscribers.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { Type } from 'typebox';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import type { ReportMailPorts } from './report-mail-ports.ts';

export const removeReportSubscriberRoute = (app: App, { inScope }: ReportMailPorts) =>
  app.post(
    '/v1/branches/:branchId/report-subscribers/:subscriberId/remove',
    {
      schema: {
        operationId: 'removeReportSubscriber',
        tags: ['branch'],
        summary: 'Sends somebody no more reports of a hall, and deletes the address',
        params: SubscriberParams,
        response: { 204: Type.Null(), 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const { branchId, subscriberId } = request.params;
      const note = {
        ...byRequest(request),
        action: 'report.subscriber-removed',
        branchId,
        subject: subscriberId,
      } as const;
      await inScope(
        signedIn(request).branchId,
        (sql) => sql`
        with removed as (
          delete from report_subscriber where branch_id = ${branchId} and id = ${subscriberId}::uuid returning id
        )
        ${noteEntry(sql, 'removed', note)}`,
      );
      return reply.code(204).send(null);
    },
  );
