import type { CommandId } from '@antrean/shared/domain/ids.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandIdOf } from '../hall/derive-command-id.ts';
import { answerCommand } from '../http/answer-command.ts';
import { sendProblem } from '../http/send-problem.ts';
import { opened, type VisitorPorts } from './open-visit.ts';

/** What a visitor may do with the own ticket. */
export type VisitAct = 'cancel' | 'take-back' | 'rejoin' | 'postpone' | 'return';

/** What a visitor does by the link, and under which id the ledger has it: nobody's command can be taken for another's. */
export const visitCommandId = (act: VisitAct, link: string, asked: string): CommandId =>
  commandIdOf('visit', act, link, asked.toLowerCase());

/** Answers a visitor's own command. One of a day that has gone does nothing any more. */
export const actOnVisit = async (
  ports: VisitorPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: VisitAct,
): Promise<void> => {
  const visit = await opened(ports, request, reply);
  if (!visit) return;
  const { branch, ticket, number } = visit;
  if (!ticket) return sendProblem(request, reply, 409, 'ACTION_NOT_ALLOWED', { number });
  const { link } = request.params as { link: string };
  await answerCommand(
    ports,
    request,
    reply,
    { type: `${act}-ticket`, ticketId: ticket.id },
    { branchId: branch.id, ledgerId: (asked) => visitCommandId(act, link, asked) },
  );
};
