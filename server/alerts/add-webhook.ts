import { randomUUID } from 'node:crypto';
import { AddedWebhook, AddWebhookBody } from '@antrean/shared/protocol/alert-subscribers.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AlertPorts } from './alert-ports.ts';
import { newWebhookSecret } from './post-webhook.ts';
import { findSubscriber } from './subscriber-rows.ts';

/** The answer holds what signs the webhooks, once and never again (ALERT-8). */
export const addWebhookRoute = (app: App, { inScope, webhooks, seal }: AlertPorts) =>
  app.post(
    '/v1/branches/:branchId/alert-webhooks',
    {
      schema: {
        operationId: 'addAlertWebhook',
        tags: ['branch'],
        summary: 'Has the alerts of a hall posted to an address, and tells once the secret that signs them',
        params: BranchParams,
        body: AddWebhookBody,
        response: { 201: AddedWebhook, ...problemsOfBody },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const { branchId } = request.params;
      const scope = signedIn(request).branchId;
      if (!webhooks) return sendProblem(request, reply, 409, 'NO_WEBHOOKS');
      const url = URL.parse(request.body.url);
      if (!url || !webhooks.hosts(url)) return sendProblem(request, reply, 409, 'WEBHOOK_NOT_LISTED');
      const id = randomUUID();
      const secret = newWebhookSecret();
      // The trail is kept for good, and has no address.
      const note = { ...byRequest(request), action: 'alert.webhook-added', branchId, subject: id } as const;
      await inScope(
        scope,
        (sql) => sql`
        with added as (
          insert into alert_subscriber (id, branch_id, channel, address, secret)
          values (${id}, ${branchId}, 'webhook', ${url.href}, ${seal.close(secret, 'webhook')})
          on conflict do nothing returning id
        )
        ${noteEntry(sql, 'added', note)}`,
      );
      const subscriber = await findSubscriber(inScope, scope, branchId, id);
      if (!subscriber) return sendProblem(request, reply, 409, 'SUBSCRIBER_KNOWN');
      return reply.code(201).header('cache-control', 'no-store').send({ subscriber, secret });
    },
  );
