import { Problem } from '@antrean/shared/protocol/problem.ts';
import { AnswerSurveyBody } from '@antrean/shared/protocol/survey.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { answerSurvey } from './answer-visit.ts';
import { opened, type VisitorPorts } from './open-visit.ts';

export const answerSurveyRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/survey',
    {
      schema: {
        operationId: 'answerSurvey',
        tags: ['visitor'],
        summary: 'A visitor who was served answers the survey of nine elements (PermenPANRB 14/2017)',
        params: VisitParams,
        body: AnswerSurveyBody,
        response: { 204: Type.Null(), ...problemsOfBody, 429: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      const refused = await answerSurvey(ports, visit, request.body.marks);
      if (refused) return sendProblem(request, reply, 409, refused, { number: visit.number });
      return reply.code(204).send(null);
    },
  );
