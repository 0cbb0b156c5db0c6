import { PlainBody } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { commandResponses } from '../http/answer-command.ts';
import type { App } from '../http/app.ts';
import { actOnVisit } from './act-on-visit.ts';
import type { VisitorPorts } from './open-visit.ts';

export const postponeVisitRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/postpone',
    {
      schema: {
        operationId: 'postponeVisit',
        tags: ['visitor'],
        summary: 'A visitor who waits needs more time: others go first, by the link of the ticket',
        params: VisitParams,
        body: PlainBody,
        response: { ...commandResponses, 429: Problem },
      },
    },
    (request, reply) => actOnVisit(ports, request, reply, 'postpone'),
  );
