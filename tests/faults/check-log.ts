import type { HeardAnswers } from '@antrean/server/doctor/check-answers.ts';
import { issueIdOf } from '@antrean/server/hall/derive-command-id.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import type { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import type { Sql } from 'postgres';
import { plainBranch } from '../harness/plain-hall.ts';
import type { CommandLog, SentCommand } from './command-log.ts';

/** What the senders heard, for the doctor to hold against the ledger (I4, I5). */
export const heardBy = (logs: readonly CommandLog[]): HeardAnswers =>
  new Map(
    logs
      .flatMap(({ commands }) => commands)
      .filter(({ outcome }) => outcome !== 'open')
      .map((command) => [ledgerIdOf(command), command.outcome === 'done' ? inLedgerOf(command) : null]),
  );

/** Under which id the ledger has what was sent to the plain hall. */
export const ledgerIdOf = ({ path, commandId }: Pick<SentCommand, 'path' | 'commandId'>): CommandId =>
  path === '/tickets' ? issueIdOf(plainBranch as BranchId, commandId as CommandId) : (commandId as CommandId);

/** The answer as it follows from the ledger alone, which knows neither the sender's id nor a link. */
const inLedgerOf = (command: SentCommand): CommandAnswer => {
  const { link: _, ...answer } = command.answer as CommandAnswer;
  return { ...answer, commandId: ledgerIdOf(command) };
};

/**
 * What the doctor cannot know: an answer that must never be given, a command without an answer, and an event of a
 * command that nobody sent.
 *
 * @returns what is wrong, in words
 */
export const checkLog = async (sql: Sql, branchId: string, logs: readonly CommandLog[]): Promise<string[]> => {
  const commands = logs.flatMap((log) => log.commands);
  const sent = new Set<string>(commands.map(ledgerIdOf));
  const rows = await sql<{ type: string; commandId: string }[]>`
    select type, command_id as "commandId" from ticket_event where branch_id = ${branchId} and type like 'ticket.%'`;
  return [
    ...logs.flatMap(({ faults }) => faults),
    ...commands
      .filter(({ outcome }) => outcome === 'open')
      .map(({ path, commandId }) => `${path} (${commandId}) has no answer yet`),
    ...rows
      .filter(({ commandId }) => !sent.has(commandId))
      .map(({ type, commandId }) => `${type} of ${commandId}, which nobody sent`),
  ];
};
