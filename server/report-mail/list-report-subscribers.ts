import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ReportSubscribersView } from '@antrean/shared/protocol/report-mail.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { ReportMailPorts } from './report-mail-ports.ts';
import { selectSubscribers, subscriberView } from './subscriber-rows.ts';

export const listReportSubscribersRoute = (app: App, { inScope, mailer }: ReportMailPorts) =>
  app.get(
    '/v1/branches/:branchId/report-subscribers',
    {
      schema: {
        operationId: 'listReportSubscribers',
        tags: ['branch'],
        summary: 'Who gets the reports of a hall by e-mail, what was sent and what comes next',
        params: BranchParams,
        response: { 200: ReportSubscribersView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request) => {
      const { branchId } = request.params;
      const rows = await inScope(signedIn(request).branchId, (sql) => selectSubscribers(sql, branchId));
      return { isSetUp: mailer !== null, subscribers: rows.map(subscriberView) };
    },
  );
