import { randomUUID } from 'node:crypto';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { MailTest, SubscriberParams } from '@antrean/shared/protocol/alert-mail.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteAlone } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { AlertPorts } from './alert-ports.ts';
import { MailFailed } from './mailer.ts';
import { findSubscriber } from './subscriber-rows.ts';
import { writeTest } from './write-message.ts';

/** Sends a message at once and says what came of it: that the mail server has taken it is not that it was read. */
export const testSubscriberRoute = (app: App, { inScope, sql, halls, mailer, publicUrl }: AlertPorts) =>
  app.post(
    '/v1/branches/:branchId/alert-subscribers/:subscriberId/test',
    {
      schema: {
        operationId: 'testAlertSubscriber',
        tags: ['branch'],
        summary: 'Sends somebody a test message, and tells whether the mail server took it',
        params: SubscriberParams,
        response: { 200: MailTest, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 503: Problem },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const { branchId, subscriberId } = request.params;
      const found = await findSubscriber(inScope, signedIn(request).branchId, branchId, subscriberId);
      if (!found) return sendProblem(request, reply, 404, 'SUBSCRIBER_UNKNOWN');
      if (!mailer) return sendProblem(request, reply, 409, 'NO_MAIL');
      const { setup } = await halls.branch(branchId as BranchId);
      const outcome = await mailer({
        id: randomUUID(),
        to: found.address,
        ...writeTest(found.language, setup, publicUrl),
      }).then(
        () => ({ isSent: true, problem: null }),
        (error: unknown) =>
          ({ isSent: false, problem: error instanceof MailFailed ? error.problem : 'other' }) as const,
      );
      const note = { action: 'alert.subscriber-tested', branchId, subject: subscriberId, after: outcome } as const;
      await noteAlone(sql, { ...byRequest(request), ...note });
      return outcome;
    },
  );
