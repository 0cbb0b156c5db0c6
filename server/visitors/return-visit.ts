import { PlainBody } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { commandResponses } from '../http/answer-command.ts';
import type { App } from '../http/app.ts';
import { actOnVisit } from './act-on-visit.ts';
import type { VisitorPorts } from './open-visit.ts';

export const returnVisitRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/return',
    {
      schema: {
        operationId: 'returnVisit',
        tags: ['visitor'],
        summary: 'A visitor who asked for more time is ready, by the link of the ticket',
        params: VisitParams,
        body: PlainBody,
        response: { ...commandResponses, 429: Problem },
      },
    },
    (request, reply) => actOnVisit(ports, request, reply, 'return'),
  );
