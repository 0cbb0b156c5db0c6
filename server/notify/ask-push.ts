import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import { isOpen } from '@antrean/shared/domain/ticket.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { VisitParams } from '@antrean/shared/protocol/visitors.ts';
import { AskPushBody } from '@antrean/shared/protocol/web-push.ts';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import { problemsOfBody } from '../http/problems-of-body.ts';
import { sendProblem } from '../http/send-problem.ts';
import { opened, type VisitorPorts } from '../visitors/open-visit.ts';
import { isPushService } from './push-services.ts';
import { keepSubscription } from './subscription-store.ts';
import { pushOf } from './web-push.ts';

export const askPushRoute = (app: App, ports: VisitorPorts) =>
  app.post(
    '/v1/visits/:link/push',
    {
      schema: {
        operationId: 'askPush',
        tags: ['visitor'],
        summary: "A visitor's phone is to be told when the ticket is called, in place of the one told before",
        params: VisitParams,
        body: AskPushBody,
        response: { 204: Type.Null(), ...problemsOfBody, 429: Problem },
      },
    },
    async (request, reply) => {
      const visit = await opened(ports, request, reply);
      if (!visit) return reply;
      const { branch, ticketId, ticket, number, businessDay } = visit;
      const { subscription, language } = request.body;
      const push = pushOf(ports, branch.id);
      if (!push) return sendProblem(request, reply, 409, 'NO_PUSH');
      if (!ticket || !isOpen(ticket.status)) return sendProblem(request, reply, 409, 'ACTION_NOT_ALLOWED', { number });
      if (!isPushService(subscription.endpoint, push.other ? [push.other.host] : [])) {
        return sendProblem(request, reply, 409, 'PUSH_SERVICE_UNKNOWN');
      }
      const { zone, dayStartsAt } = branch.setup;
      const eraseAfter = businessDayEnd(businessDay, zone, dayStartsAt);
      await keepSubscription(ports, { branchId: branch.id, ticketId }, { subscription, language, eraseAfter });
      return reply.code(204).send(null);
    },
  );
