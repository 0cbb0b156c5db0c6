import { Problem } from '@antrean/shared/protocol/problem.ts';
import { VisitParams, VisitView } from '@antrean/shared/protocol/visitors.ts';
import type { App } from '../http/app.ts';
import { opened, type VisitorPorts } from './open-visit.ts';
import { visitView } from './visit-view.ts';

export const showVisitRoute = (app: App, ports: VisitorPorts) =>
  app.get(
    '/v1/visits/:link',
    {
      schema: {
        operationId: 'showVisit',
        tags: ['visitor'],
        summary: "How a visitor's own ticket stands, by its link",
        params: VisitParams,
        response: { 200: VisitView, 404: Problem, 429: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      return visit ? visitView(ports, visit) : reply;
    },
  );
