import type { Command, CommandType } from '@antrean/shared/domain/commands.ts';
import type { Actor } from '@antrean/shared/domain/events.ts';
import type { BranchId, CommandId, StaffId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { RefusalCode } from '@antrean/shared/domain/refusal.ts';
import { answerOf } from '@antrean/shared/protocol/answer.ts';
import { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpPorts } from './ports.ts';
import { problemsOfBody } from './problems-of-body.ts';
import { sendProblem } from './send-problem.ts';

/** What every command may answer with. */
export const commandResponses = { 200: CommandAnswer, 201: CommandAnswer, ...problemsOfBody };

/** What a route says of its command; id, sender and branch come from the request. */
type Asked = { [T in CommandType]: Omit<Command<T>, 'commandId' | 'actor'> }[CommandType];

/** Where a route does it otherwise than most. */
interface Otherwise {
  readonly status?: 200 | 201;
  /** Absent: that in the address. */
  readonly branchId?: BranchId;
  /** Under which id the ledger has it; absent: the sender's. */
  readonly ledgerId?: (asked: CommandId) => CommandId;
  /** What the answer says besides. */
  readonly more?: (answer: CommandAnswer) => Partial<CommandAnswer>;
}

/** Runs one command of a request and sends its answer or the reason why not. */
export const answerCommand = async (
  { halls }: Pick<HttpPorts, 'halls'>,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  { status = 200, branchId = branchOf(request), ledgerId, more }: Otherwise = {},
): Promise<void> => {
  const commandId = (request.body as { commandId: string }).commandId.toLowerCase() as CommandId;
  const actor = actorOf(request);
  const outcome = await halls.run(branchId, {
    ...asked,
    commandId: ledgerId ? ledgerId(commandId) : commandId,
    actor,
  } as Command);
  switch (outcome.kind) {
    case 'done': {
      const answer = answerOf(commandId, outcome.events);
      return void reply.code(status).send(more ? { ...answer, ...more(answer) } : answer);
    }
    case 'refused':
      return sendProblem(request, reply, statusOf(outcome.refusal.code), outcome.refusal.code, outcome.refusal.details);
    case 'unavailable':
      return sendProblem(request, reply.header('retry-after', '1'), 503, 'STORE_UNAVAILABLE');
    case 'unknown':
      return sendProblem(request, reply.header('retry-after', '1'), 503, 'OUTCOME_UNKNOWN', { commandId });
  }
};

const branchOf = ({ params }: FastifyRequest): BranchId => (params as { branchId: BranchId }).branchId;

/** A ticket's id as the ledger has it: capital letters in a UUID mean the same. */
export const ticketIdOf = (text: string): TicketId => text.toLowerCase() as TicketId;

/** The agent a counter is opened for: the one named, else the one who is signed in. */
export const agentOf = (request: FastifyRequest, named: string | undefined): StaffId =>
  (request.staff?.role === 'agent' ? request.staff.id : (named ?? request.staff?.id ?? '')) as StaffId;

const actorOf = ({ staff, device }: FastifyRequest): Actor => {
  if (staff) return { kind: staff.role, staffId: staff.id as StaffId };
  return { kind: device?.kind === 'kiosk' ? 'kiosk' : 'visitor' };
};

const unknownThings: ReadonlySet<RefusalCode> = new Set([
  'COUNTER_UNKNOWN',
  'JOURNEY_UNKNOWN',
  'LANGUAGE_UNKNOWN',
  'PRIORITY_UNKNOWN',
  'SERVICE_UNKNOWN',
  'TICKET_UNKNOWN',
]);

const statusOf = (code: RefusalCode): number =>
  unknownThings.has(code) ? 404 : code === 'NOT_YOUR_COUNTER' || code === 'LINE_IS_HIDDEN' ? 403 : 409;
