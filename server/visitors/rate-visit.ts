import { Problem } from '@antrean/shared/protocol/problem.ts';
import { RateVisitBody } from '@antrean/shared/protocol/survey.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { rateVisit } from './answer-visit.ts';
import { opened, type VisitorPorts } from './open-visit.ts';

export const rateVisitRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/rating',
    {
      schema: {
        operationId: 'rateVisit',
        tags: ['visitor'],
        summary: 'A visitor who was served says with stars how it was; again on the same day, in place of before',
        params: VisitParams,
        body: RateVisitBody,
        response: { 204: Type.Null(), ...problemsOfBody, 429: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      const refused = await rateVisit(ports, visit, request.body.stars);
      if (refused) return sendProblem(request, reply, 409, refused, { number: visit.number });
      return reply.code(204).send(null);
    },
  );
