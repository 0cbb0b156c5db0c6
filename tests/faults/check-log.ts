import { isDeepStrictEqual } from 'node:util';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { CommandId } from '@antrean/shared/domain/ids.ts';
import { answerOf } from '@antrean/shared/protocol/answer.ts';
import type { Sql } from 'postgres';
import type { CommandLog } from './command-log.ts';

/**
 * Holds what the senders heard against the ledger: every acknowledged command is there once with the acknowledged
 * answer (I4), none that was answered "not done" is (I5), versions are gapless (I6), numbers run 1, 2, 3 … without gap
 * or double (I3), nobody was called twice (I2), and nothing is there that nobody sent.
 *
 * @returns what is wrong, in words
 */
export const checkLog = async (sql: Sql, branchId: string, logs: readonly CommandLog[]): Promise<string[]> => {
  const rows = await sql<HallEvent[]>`
    select version::float8 as version, type, (extract(epoch from at) * 1000)::float8 as at,
      command_id as "commandId", actor, data
    from ticket_event where branch_id = ${branchId} order by version`;
  const [head] = await sql<{ version: number }[]>`
    select version::float8 as version from branch_head where branch_id = ${branchId}`;
  const wrong = logs.flatMap(({ faults }) => faults);
  rows.forEach(({ version }, index) => {
    if (version !== index + 1) wrong.push(`version ${version} stands at place ${index + 1}`);
  });
  if (head?.version !== rows.length) wrong.push(`the head says ${head?.version}, the ledger has ${rows.length}`);
  wrong.push(...wrongAnswers(rows, logs), ...wrongNumbers(rows));
  return wrong;
};

const wrongAnswers = (rows: readonly HallEvent[], logs: readonly CommandLog[]): string[] => {
  const wrong: string[] = [];
  const byCommand = Map.groupBy(rows, ({ commandId }) => commandId);
  const sent = new Set<string>();
  for (const { commandId, path, outcome, answer } of logs.flatMap(({ commands }) => commands)) {
    sent.add(commandId);
    const events = byCommand.get(commandId as CommandId);
    const what = `${path} (${commandId})`;
    if (outcome === 'open') wrong.push(`${what} has no answer yet`);
    else if (outcome !== 'done') {
      if (events) wrong.push(`${what} was answered ${JSON.stringify(answer)} and is in the ledger`);
    } else if (!events) wrong.push(`${what} was acknowledged and is lost`);
    else if (!isDeepStrictEqual(answerOf(commandId as CommandId, events), answer)) {
      wrong.push(`${what} was answered ${JSON.stringify(answer)}, the ledger says ${JSON.stringify(events)}`);
    }
  }
  for (const { type, commandId } of rows) {
    const isSetUp = type.startsWith('day.') || type.startsWith('counter.') || type === 'setup.changed';
    if (!isSetUp && !sent.has(commandId)) wrong.push(`${type} of ${commandId}, which nobody sent`);
  }
  return wrong;
};

const wrongNumbers = (rows: readonly HallEvent[]): string[] => {
  const wrong: string[] = [];
  const last = new Map<string, number>();
  const calls = new Map<string, number>();
  for (const { type, data } of rows) {
    if (type === 'ticket.issued') {
      const prefix = data.number.slice(0, 1);
      const expected = (last.get(prefix) ?? 0) + 1;
      if (Number(data.number.slice(1)) !== expected) wrong.push(`number ${data.number} instead of ${expected}`);
      last.set(prefix, expected);
    } else if (type === 'ticket.called') calls.set(data.ticketId, (calls.get(data.ticketId) ?? 0) + 1);
  }
  for (const [ticketId, count] of calls) if (count > 1) wrong.push(`ticket ${ticketId} was called ${count} times`);
  return wrong;
};
