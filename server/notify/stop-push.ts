import { Problem } from '@antrean/shared/protocol/problem.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { opened, type VisitorPorts } from '../visitors/open-visit.ts';
import { dropSubscription } from './subscription-store.ts';

export const stopPushRoute = (app: App, ports: VisitorPorts) =>
  app.delete(
    '/v1/visits/:link/push',
    {
      schema: {
        operationId: 'stopPush',
        tags: ['visitor'],
        summary: 'No phone is told of the ticket any more, and where it could be is deleted',
        params: VisitParams,
        response: { 204: Type.Null(), 404: Problem, 429: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      await dropSubscription(ports, { branchId: visit.branch.id, ticketId: visit.ticketId });
      return reply.code(204).send(null);
    },
  );
