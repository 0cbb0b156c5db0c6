import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** Every branch that has a set-up or a ledger, by id. */
export const listExamined = async (sql: Sql): Promise<BranchId[]> => {
  const rows = await withinTimeout(sql<{ id: BranchId }[]>`
    select id from branch union select branch_id from branch_head order by id`);
  return rows.map(({ id }) => id);
};
