import { BranchParams, ShowMessageBody } from '@antrean/shared/protocol/commands.ts';
import { answerCommand, commandResponses } from './answer-command.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';

export const showMessageRoute = (app: App, ports: HttpPorts) =>
  app.post(
    '/v1/branches/:branchId/message',
    {
      schema: {
        operationId: 'showMessage',
        tags: ['branch'],
        summary: 'Says something on the lobby TVs for a time',
        params: BranchParams,
        body: ShowMessageBody,
        response: commandResponses,
      },
      preHandler: app.allow('message:show'),
    },
    (request, reply) =>
      answerCommand(ports, request, reply, {
        type: 'show-message',
        texts: request.body.texts,
        minutes: request.body.minutes,
      }),
  );
