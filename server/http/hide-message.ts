import { BranchParams, PlainBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const hideMessageRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/message/hide',
    {
      schema: {
        operationId: 'hideMessage',
        tags: ['branch'],
        summary: 'Takes the message off the lobby TVs',
        params: BranchParams,
        body: PlainBody,
        response: commandResponses,
      },
      preHandler: app.allow('message:show'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'hide-message',
      }),
  );
