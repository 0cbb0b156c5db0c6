import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { hashTexts } from '../ledger/hash-event.ts';
import type { Head } from '../ledger/read-head.ts';
import type { LedgerRow } from './read-ledger.ts';

/** A check of a ledger as it was written, row by row. */
export interface ChainCheck {
  readonly take: (row: LedgerRow) => void;
  /** @returns everything found */
  readonly end: (head: Head | undefined) => readonly Violation[];
}

/**
 * Every event is what was committed and stands where it was committed (I6: hash chain and head), and the events of one
 * command are counted as the constraint that keeps commands single needs it (I4).
 */
export const startChainCheck = (branchId: BranchId): ChainCheck => {
  const found: Violation[] = [];
  let last: LedgerRow | undefined;

  const say = (invariant: 'I4' | 'I6', { version }: LedgerRow, message: string): void =>
    void found.push({ invariant, message: `${branchId}, event ${version}: ${message}`, version });

  return {
    take: (row) => {
      if (hashTexts(last?.hash ?? '', row, row.actor, row.data) !== row.hash) {
        say('I6', row, 'it, or the event before it, is not what was committed; its hash does not fit');
      }
      const part = last?.commandId === row.commandId ? last.commandPart + 1 : 0;
      if (row.commandPart !== part) {
        say('I4', row, `command ${row.commandId} is written as its part ${row.commandPart}, but this is part ${part}`);
      }
      last = row;
    },
    end: (head) => {
      const [version, hash] = [last?.version ?? 0, last?.hash ?? ''];
      const sayOfHead = (message: string): void =>
        void found.push({ invariant: 'I6', message: `${branchId}: ${message}` });
      if (!head && last) sayOfHead(`the ledger ends at version ${version}, but its head is gone`);
      if (head && head.version !== version) {
        sayOfHead(`the head says version ${head.version}, but the ledger ends at version ${version}`);
      } else if (head && head.hash !== hash) {
        sayOfHead(`the head has another hash than event ${version}, the last one`);
      }
      return found;
    },
  };
};
