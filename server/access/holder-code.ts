import { createHmac, randomBytes } from 'node:crypto';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Sql } from '../ledger/connect-postgres.ts';

/** Makes the code that stands for a person in a branch's ledger from the number of their document (ISSUE-5). */
export type HolderCode = (branchId: BranchId, document: string) => string;

/**
 * Reads the installation's key for holders, and makes one where there is none. Codes of other installations and branches
 * tell nothing of ours; without the key nobody can say whose a code is, nor try. Throws what Postgres throws.
 */
export const readHolderCode = async (sql: Sql): Promise<HolderCode> => {
  const fresh = randomBytes(32).toString('hex');
  await sql`insert into installation_key (purpose, key) values ('holder', ${fresh}) on conflict do nothing`;
  // Not what was inserted: another node may have been first.
  const [row] = await sql<[{ key: string }]>`select key from installation_key where purpose = 'holder'`;
  return (branchId, document) =>
    createHmac('sha256', row.key)
      .update(`${branchId}\n${plainOf(document)}`)
      .digest('hex')
      .slice(0, 32);
};

/** The same number is written with and without spaces, in small letters and capitals. */
const plainOf = (document: string): string =>
  document
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
