import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { periodAround, periodBefore } from '@antrean/shared/domain/report-period.ts';
import { SubscriberParams } from '@antrean/shared/protocol/alert-subscribers.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { ReportSent } from '@antrean/shared/protocol/report-mail.ts';
import { randomUUID } from 'node:crypto';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { signedIn } from '../access/guard.ts';
import { countOne } from '../access/limiter.ts';
import { byRequest, noteAlone } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { todayOf } from '../http/asked-period.ts';
import { sendProblem } from '../http/send-problem.ts';
import { MailFailed } from '../mail/mailer.ts';
import type { ReportMailPorts } from './report-mail-ports.ts';
import { selectSubscribers } from './subscriber-rows.ts';
import { writeReport } from './write-report.ts';

/** Sends the report of the latest period that is over at once, and says what came of it; what is due is due as before. */
export const sendReportNowRoute = (app: App, ports: ReportMailPorts & { readonly tests: RateLimiterAbstract }) =>
  app.post(
    '/v1/branches/:branchId/report-subscribers/:subscriberId/send',
    {
      schema: {
        operationId: 'sendReportNow',
        tags: ['branch'],
        summary:
          'Sends somebody the report of the latest period that is over, and tells whether the mail server took it',
        params: SubscriberParams,
        response: {
          200: ReportSent,
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
      const { inScope, sql, mailer } = ports;
      const branchId = request.params.branchId as BranchId;
      const { subscriberId } = request.params;
      const scope = signedIn(request).branchId;
      const [found] = await inScope(scope, (one) => selectSubscribers(one, branchId, subscriberId));
      if (!found) return sendProblem(request, reply, 404, 'SUBSCRIBER_UNKNOWN');
      if (!mailer) return sendProblem(request, reply, 409, 'NO_MAIL');
      const waitSeconds = await countOne(ports.tests, branchId);
      if (waitSeconds > 0) {
        return sendProblem(request, reply.header('retry-after', waitSeconds), 429, 'TOO_MANY_TRIES', { waitSeconds });
      }
      const { every, address } = found;
      const period = periodBefore(every, periodAround(every, await todayOf(ports, branchId)));
      const { mail } = await writeReport(ports, found, period);
      const problem = await mailer({ ...mail, id: randomUUID(), to: address }).then(
        () => null,
        (error: unknown) => (error instanceof MailFailed ? error.problem : 'other'),
      );
      const outcome = { isSent: problem === null, problem };
      const note = {
        ...byRequest(request),
        action: 'report.sent',
        branchId,
        subject: subscriberId,
        after: outcome,
      } as const;
      await noteAlone(sql, note);
      return { ...period, ...outcome };
    },
  );
