import { SubscribersView, type SubscriberView } from '@antrean/shared/protocol/alert-subscribers.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from '../http/app.ts';
import type { AlertPorts } from './alert-ports.ts';
import { readMailState, readWebhookState } from './read-channel-states.ts';
import { subscriberColumns } from './subscriber-rows.ts';

export const listSubscribersRoute = (app: App, ports: AlertPorts) =>
  app.get(
    '/v1/branches/:branchId/alert-subscribers',
    {
      schema: {
        operationId: 'listAlertSubscribers',
        tags: ['branch'],
        summary: 'Who is told of the alerts of a hall by e-mail or webhook, and how the messages get on',
        params: BranchParams,
        response: { 200: SubscribersView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request) => {
      const { branchId } = request.params;
      const scope = signedIn(request).branchId;
      const subscribers = await ports.inScope(
        scope,
        (sql) => sql<SubscriberView[]>`
        select ${subscriberColumns(sql)} from alert_subscriber where branch_id = ${branchId} order by added_at, id`,
      );
      return {
        mail: await readMailState(ports, scope, branchId),
        webhooks: await readWebhookState(ports, scope, branchId),
        subscribers,
      };
    },
  );
