import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** No personal data is kept beyond its time (I14), but for the minutes in which nodes come to it. Throws what Postgres throws. */
export const checkPersonalData = async (sql: Sql, branchId: BranchId): Promise<Violation[]> => {
  const [row] = await withinTimeout(sql<[{ contacts: number; answers: number }]>`
    select
      (select count(*)::int from (
          select branch_id, erase_after from visitor_contact union all select branch_id, erase_after from visitor_push) kept
        where branch_id = ${branchId} and erase_after < now() - interval '5 minutes') as contacts,
      (select count(*)::int from visit_answer
        where branch_id = ${branchId} and ticket_id is not null and unlink_after < now() - interval '5 minutes') as answers`);
  const kept = [
    [row.contacts, 'contacts are kept'],
    [row.answers, 'answers name their tickets'],
  ] as const;
  return kept.flatMap(([count, what]) =>
    count === 0 ? [] : [{ invariant: 'I14', message: `${branchId}: ${count} ${what} beyond their time` }],
  );
};
