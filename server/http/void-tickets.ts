import { BranchParams, VoidTicketsBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const voidTicketsRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/void-tickets',
    {
      schema: {
        operationId: 'voidTickets',
        tags: ['branch'],
        summary: 'Ends a run of tickets that nobody will come with',
        params: BranchParams,
        body: VoidTicketsBody,
        response: commandResponses,
      },
      preHandler: app.allow('ticket:void'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'void-tickets',
        prefix: request.body.prefix,
        from: request.body.from,
        to: request.body.to,
      }),
  );
