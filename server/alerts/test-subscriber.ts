import { randomUUID } from 'node:crypto';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { SubscriberParams, SubscriberTest, type SubscriberView } from '@antrean/shared/protocol/alert-subscribers.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { signedIn } from '../access/guard.ts';
import { countOne } from '../access/limiter.ts';
import { byRequest, noteAlone } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AlertPorts } from './alert-ports.ts';
import { channelsOf, openSecret } from './deliver-message.ts';
import { MailFailed } from '../mail/mailer.ts';
import { noteStopped } from './outbox.ts';
import { WebhookFailed } from './post-webhook.ts';
import { findSubscriber, readSecret } from './subscriber-rows.ts';
import { writeTest } from './write-message.ts';
import { writeTestWebhook } from './write-webhook.ts';

/** Tests of one hall, by whomever: a page that sends to others is no tool to fill their mailbox with. */
export const testsOfHall = { keyPrefix: 'alert-tests', points: 20, duration: 5 * 60 };

type Ports = AlertPorts & { readonly tests: RateLimiterAbstract };

/** Sends a message at once and says what came of it: that the mail server has taken it is not that it was read. */
export const testSubscriberRoute = (app: App, ports: Ports) =>
  app.post(
    '/v1/branches/:branchId/alert-subscribers/:subscriberId/test',
    {
      schema: {
        operationId: 'testAlertSubscriber',
        tags: ['branch'],
        summary: 'Sends somebody a test message, and tells whether the mail server or the receiver took it',
        params: SubscriberParams,
        response: {
          200: SubscriberTest,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          409: Problem,
          429: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const { inScope, sql } = ports;
      const { branchId, subscriberId } = request.params;
      const scope = signedIn(request).branchId;
      const found = await findSubscriber(inScope, scope, branchId, subscriberId);
      if (!found) return sendProblem(request, reply, 404, 'SUBSCRIBER_UNKNOWN');
      if (!channelsOf(ports).includes(found.channel)) {
        return sendProblem(request, reply, 409, found.channel === 'email' ? 'NO_MAIL' : 'NO_WEBHOOKS');
      }
      const waitSeconds = await countOne(ports.tests, branchId);
      if (waitSeconds > 0) {
        return sendProblem(request, reply.header('retry-after', waitSeconds), 429, 'TOO_MANY_TRIES', { waitSeconds });
      }
      const outcome = await sendTest(ports, branchId as BranchId, found, () =>
        readSecret(inScope, scope, branchId, subscriberId),
      ).then((status) => ({ isSent: true, problem: null, status }), outcomeOf);
      if (outcome.isSent || outcome.problem === 'gone') await noteStopped(sql, subscriberId, !outcome.isSent);
      const note = { action: 'alert.subscriber-tested', branchId, subject: subscriberId, after: outcome } as const;
      await noteAlone(sql, { ...byRequest(request), ...note });
      return outcome;
    },
  );

/** Throws `MailFailed`, `WebhookFailed`. @returns what the receiver of a webhook answered */
const sendTest = async (
  { halls, clock, mailer, webhooks, seal, publicUrl }: AlertPorts,
  branchId: BranchId,
  { channel, address, language }: SubscriberView,
  secretOf: () => Promise<string | null>,
): Promise<number | null> => {
  const { setup } = await halls.branch(branchId);
  const id = randomUUID();
  if (channel === 'email') {
    await mailer?.({ id, to: address, ...writeTest(language ?? 'en', setup, publicUrl) });
    return null;
  }
  const secret = openSecret(seal, await secretOf());
  return (await webhooks?.post({ id, url: address, secret, body: writeTestWebhook(setup, clock.now()) })) ?? null;
};

const outcomeOf = (error: unknown): SubscriberTest => {
  if (error instanceof WebhookFailed) return { isSent: false, problem: error.problem, status: error.status };
  return { isSent: false, problem: error instanceof MailFailed ? error.problem : 'other', status: null };
};
