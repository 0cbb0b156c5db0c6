import type { StaffId } from '@antrean/shared/domain/ids.ts';
import { BranchParams, ReassignTicketsBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const reassignTicketsRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/reassign-tickets',
    {
      schema: {
        operationId: 'reassignTickets',
        tags: ['branch'],
        summary: 'Gives what is kept for an agent to another, or to everybody',
        params: BranchParams,
        body: ReassignTicketsBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:reassign'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'reassign-tickets',
        agentId: request.body.agentId as StaffId,
        toAgentId: (request.body.toAgentId ?? null) as StaffId | null,
      }),
  );
