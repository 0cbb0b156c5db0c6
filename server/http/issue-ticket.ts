import type { BranchId, JourneyId, PriorityId, ServiceId, TicketId } from '@antrean/shared/domain/ids.ts';
import { BranchParams, IssueTicketBody } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { limitIssuing } from '../devices/limit-issuing.ts';
import { refuseStrangers } from '../devices/refuse-strangers.ts';
import { issueIdOf } from '../hall/derive-command-id.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const issueTicketRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/tickets',
    {
      schema: {
        operationId: 'issueTicket',
        tags: ['ticket'],
        summary: 'Puts a visitor into the line of a service, or of the first service of a journey',
        params: BranchParams,
        body: IssueTicketBody,
        response: { ...commandResponses, 429: Problem },
      },
      preHandler: [
        app.allow('ticket:issue'),
        refuseStrangers(ports.halls),
        limitIssuing(ports.redis),
        // Who comes at an hour stands before others: not everybody may say so (APPT-1).
        app.allow('ticket:check-in', ({ body }) => (body as { bookedFor?: number }).bookedFor !== undefined),
      ],
    },
    (request, reply) => {
      const { serviceId, journeyId, priority, channel, language, bookedFor, holderId } = request.body;
      const branchId = request.params.branchId as BranchId;
      return answerCommand(
        ports,
        request,
        reply,
        {
          type: 'issue-ticket',
          // The schema lets exactly one of the two through.
          ...(journeyId === undefined ? { serviceId: serviceId as ServiceId } : { journeyId: journeyId as JourneyId }),
          priority: (priority ?? null) as PriorityId | null,
          channel: channel ?? 'api',
          language: language ?? null,
          ...(bookedFor !== undefined && { bookedFor }),
          ...(holderId !== undefined && { holder: ports.holderCode(branchId, holderId) }),
        },
        {
          status: 201,
          ledgerId: (asked) => issueIdOf(branchId, asked),
          more: ({ ticket }) => (ticket ? { link: ports.links.tokenOf(ticket.id as TicketId) } : {}),
        },
      );
    },
  );
