import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** No personal data is kept beyond its time (I14), but for the minutes in which nodes come to it. Throws what Postgres throws. */
export const checkContacts = async (sql: Sql, branchId: BranchId): Promise<Violation[]> => {
  const [row] = await withinTimeout(sql<[{ count: number }]>`
    select count(*)::int as count from (
      select branch_id, erase_after from visitor_contact union all select branch_id, erase_after from visitor_push) kept
    where branch_id = ${branchId} and erase_after < now() - interval '5 minutes'`);
  if (row.count === 0) return [];
  return [{ invariant: 'I14', message: `${branchId}: ${row.count} contacts are kept beyond their time` }];
};
