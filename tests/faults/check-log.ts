import type { HeardAnswers } from '@antrean/server/doctor/check-answers.ts';
import type { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import type { Sql } from 'postgres';
import type { CommandLog } from './command-log.ts';

/** What the senders heard, for the doctor to hold against the ledger (I4, I5). */
export const heardBy = (logs: readonly CommandLog[]): HeardAnswers =>
  new Map(
    logs
      .flatMap(({ commands }) => commands)
      .filter(({ outcome }) => outcome !== 'open')
      .map(({ commandId, outcome, answer }) => [
        commandId,
        outcome === 'done' ? (answer as CommandAnswer | null) : null,
      ]),
  );

/**
 * What the doctor cannot know: an answer that must never be given, a command without an answer, and an event of a
 * command that nobody sent.
 *
 * @returns what is wrong, in words
 */
export const checkLog = async (sql: Sql, branchId: string, logs: readonly CommandLog[]): Promise<string[]> => {
  const commands = logs.flatMap((log) => log.commands);
  const sent = new Set(commands.map(({ commandId }) => commandId));
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
