import { createHash, hash } from 'node:crypto';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';

/** A UUID that follows from what it is for: version 8, RFC 9562 §5.8. The same parts always give the same id. */
export const commandIdOf = (...parts: readonly (string | number)[]): CommandId => {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as CommandId;
};

/**
 * The id under which the ledger has the issuing that a sender asked for, and so the ticket's. Screens and staff see the
 * ids of tickets; from them nobody comes back to the sender's, and whoever repeats that is the sender (LINK-2). Its
 * first 48 bits stay as they are: those of version 7 are the time, by whose order the store is faster.
 *
 * @param asked the command id as the sender has it, in small letters
 * @param sender who asked, where the id alone is not enough to be taken for them
 */
export const issueIdOf = (branchId: BranchId, asked: CommandId, ...sender: readonly string[]): CommandId => {
  const hex = hash('sha256', ['issue', branchId, asked, ...sender].join('|'));
  return `${asked.slice(0, 13)}-8${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}` as CommandId;
};
