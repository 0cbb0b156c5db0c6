import { Problem } from '@antrean/shared/protocol/problem.ts';
import { GiveContactBody } from '@antrean/shared/protocol/contacts.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { leaveContact } from './leave-contact.ts';
import { opened, type VisitorPorts } from './open-visit.ts';

export const giveContactRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/contact',
    {
      schema: {
        operationId: 'giveContact',
        tags: ['visitor'],
        summary: 'A visitor says where they can be reached, in a hall that keeps such a thing',
        params: VisitParams,
        body: GiveContactBody,
        response: { 204: Type.Null(), ...problemsOfBody, 429: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      const refused = await leaveContact(ports, visit, request.body.phone);
      if (refused) return sendProblem(request, reply, 409, refused, { number: visit.number });
      return reply.code(204).send(null);
    },
  );
