import type { PriorityId, ServiceId } from '@antrean/shared/domain/ids.ts';
import { BranchParams, IssueTicketBody } from '@antrean/shared/protocol/commands.ts';
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
        summary: 'Puts a visitor into the line of a service',
        params: BranchParams,
        body: IssueTicketBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:issue'),
    },
    (request, reply) => {
      const { serviceId, priority, channel, language } = request.body;
      return answerCommand(
        ports,
        request,
        reply,
        {
          type: 'issue-ticket',
          serviceId: serviceId as ServiceId,
          priority: (priority ?? null) as PriorityId | null,
          channel: channel ?? 'api',
          language: language ?? null,
        },
        201,
      );
    },
  );
