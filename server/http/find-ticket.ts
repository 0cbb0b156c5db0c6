import type { AgencyId, BranchId } from '@antrean/shared/domain/ids.ts';
import { parseNumber } from '@antrean/shared/domain/numbers.ts';
import { isTicketOf } from '@antrean/shared/domain/of-agency.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { FoundTicketView, NumberParams } from '@antrean/shared/protocol/staff-views.ts';
import { signedIn } from '../access/guard.ts';
import type { App } from './app.ts';
import type { HttpPorts } from './ports.ts';
import { sendProblem } from './send-problem.ts';

/** Which ticket of the business day has a number, for staff whom its visitor asks (PAPER-11). */
export const findTicketRoute = (app: App, { halls }: HttpPorts) =>
  app.get(
    '/v1/branches/:branchId/numbers/:number',
    {
      schema: {
        operationId: 'findTicket',
        tags: ['ticket'],
        summary: 'Which ticket of the business day has this number',
        params: NumberParams,
        response: { 200: FoundTicketView, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 503: Problem },
      },
      preHandler: app.allow('floor:read'),
    },
    async (request, reply) => {
      const { branchId, number } = request.params;
      const { hall, setup } = await halls.branch(branchId as BranchId);
      const wanted = plain(number);
      const ticket = [...hall.tickets.values()].find((one) => plain(one.number) === wanted);
      if (!ticket) return sendProblem(request, reply, 404, 'TICKET_UNKNOWN');
      const { agencyId } = signedIn(request);
      if (agencyId !== null && !isTicketOf(hall, setup, ticket.id, agencyId as AgencyId)) {
        return sendProblem(request, reply, 403, 'OTHER_AGENCY');
      }
      return { id: ticket.id, number: ticket.number };
    },
  );

/** As people type it: small letters do not matter, nor zeros in front: `a7` is `A007`. */
const plain = (number: string): string => {
  const { prefix, value } = parseNumber(number.toUpperCase());
  return `${prefix}${value}`;
};
