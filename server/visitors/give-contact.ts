import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import { isOpen } from '@antrean/shared/domain/ticket.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { GiveContactBody, VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { keepContact } from './contact-store.ts';
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
      const { branch, ticket, number, businessDay } = visit;
      const { zone, dayStartsAt, rules } = branch.setup;
      if (rules.contactMs === undefined) return sendProblem(request, reply, 409, 'CONTACT_NOT_KEPT');
      if (!ticket || !isOpen(ticket.status)) return sendProblem(request, reply, 409, 'ACTION_NOT_ALLOWED', { number });
      await keepContact(ports, {
        branchId: branch.id,
        ticketId: ticket.id,
        phone: request.body.phone,
        language: ticket.language,
        eraseAfter: businessDayEnd(businessDay, zone, dayStartsAt) + rules.contactMs,
      });
      return reply.code(204).send(null);
    },
  );
