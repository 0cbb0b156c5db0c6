import { isDeepStrictEqual } from 'node:util';
import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import { answerOf } from '@antrean/shared/protocol/answer.ts';
import type { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { findCommands } from '../ledger/read-events.ts';

/** What a sender heard: the answer, or `null` for "this was not done". */
export type HeardAnswers = ReadonlyMap<string, CommandAnswer | null>;

const commandsPerRead = 1_000;

/** Every acknowledged command is in the ledger once with the acknowledged answer (I4), no refused one is (I5). */
export const checkAnswers = async (sql: Sql, branchId: BranchId, heard: HeardAnswers): Promise<Violation[]> => {
  const found: Violation[] = [];
  const ids = [...heard.keys()] as CommandId[];
  for (let from = 0; from < ids.length; from += commandsPerRead) {
    const page = ids.slice(from, from + commandsPerRead);
    const inLedger = await findCommands(sql, branchId, page);
    for (const id of page) {
      const answer = heard.get(id);
      const events = inLedger.get(id);
      if (answer === null && events) {
        found.push({ invariant: 'I5', message: `${branchId}: command ${id} was refused, but it took effect` });
      } else if (answer && !events) {
        found.push({ invariant: 'I4', message: `${branchId}: command ${id} was acknowledged, but it is lost` });
      } else if (answer && events && !isDeepStrictEqual(answerOf(id, events), answer)) {
        found.push({ invariant: 'I4', message: `${branchId}: command ${id} was answered otherwise than it was done` });
      }
    }
  }
  return found;
};
