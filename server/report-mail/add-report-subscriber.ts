import { randomUUID } from 'node:crypto';
import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import { periodAround } from '@antrean/shared/domain/report-period.ts';
import { BranchParams } from '@antrean/shared/protocol/commands.ts';
import { AddReportSubscriberBody, ReportSubscriberView } from '@antrean/shared/protocol/report-mail.ts';
import { signedIn } from '../access/guard.ts';
import { byRequest, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { todayOf } from '../http/asked-period.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { ReportMailPorts } from './report-mail-ports.ts';
import { selectSubscribers, subscriberView } from './subscriber-rows.ts';

/** The first report is the one of the period that is under way, once that is over. */
export const addReportSubscriberRoute = (app: App, ports: ReportMailPorts) =>
  app.post(
    '/v1/branches/:branchId/report-subscribers',
    {
      schema: {
        operationId: 'addReportSubscriber',
        tags: ['branch'],
        summary: 'Sends somebody the reports of a hall, or of one of its agencies, by e-mail from now on',
        params: BranchParams,
        body: AddReportSubscriberBody,
        response: { 201: ReportSubscriberView, ...problemsOfBody },
      },
      preHandler: app.allow('setup:change'),
    },
    async (request, reply) => {
      const branchId = request.params.branchId as BranchId;
      const { address, language, every, agencyId = null } = request.body;
      const scope = signedIn(request).branchId;
      const { setup } = await ports.halls.branch(branchId);
      if (agencyId !== null && !setup.agencies.has(agencyId as AgencyId)) {
        return sendProblem(request, reply, 404, 'AGENCY_UNKNOWN');
      }
      const period = periodAround(every, await todayOf(ports, branchId));
      const nextAt = businessDayEnd(period.to, setup.zone, setup.dayStartsAt);
      const id = randomUUID();
      // The trail is kept for good, and has no address.
      const note = {
        ...byRequest(request),
        action: 'report.subscriber-added',
        branchId,
        agencyId,
        subject: id,
        after: { language, every },
      } as const;
      await ports.inScope(
        scope,
        (sql) => sql`
        with added as (
          insert into report_subscriber (id, branch_id, agency_id, address, language, every, next_from, next_at)
          values (${id}, ${branchId}, ${agencyId}, ${address}, ${language}, ${every}, ${period.from}::date,
            to_timestamp(${nextAt / 1_000}::float8))
          on conflict do nothing returning id
        )
        ${noteEntry(sql, 'added', note)}`,
      );
      const [added] = await ports.inScope(scope, (sql) => selectSubscribers(sql, branchId, id));
      return added
        ? reply.code(201).send(subscriberView(added))
        : sendProblem(request, reply, 409, 'REPORT_SUBSCRIBER_KNOWN');
    },
  );
