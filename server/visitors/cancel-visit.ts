import { PlainBody } from '@antrean/shared/protocol/commands.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { commandResponses } from '../http/answer-command.ts';
import type { App } from '../http/app.ts';
import { actOnVisit } from './act-on-visit.ts';
import type { VisitorPorts } from './open-visit.ts';

export const cancelVisitRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/cancel',
    {
      schema: {
        operationId: 'cancelVisit',
        tags: ['visitor'],
        summary: 'A visitor gives up the own ticket, by its link',
        params: VisitParams,
        body: PlainBody,
        response: { ...commandResponses, 429: Problem },
      },
    },
    (request, reply) => actOnVisit(ports, request, reply, 'cancel'),
  );
