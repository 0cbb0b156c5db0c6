import type { Me } from '@antrean/shared/protocol/access.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** The account of a login with its password's hash; `undefined` when there is none in use. */
export const findStaff = async (sql: Sql, login: string): Promise<(Me & { passwordHash: string }) | undefined> => {
  const [row] = await withinTimeout(sql<(Me & { passwordHash: string })[]>`
    select id, display_name as "displayName", role, branch_id as "branchId", agency_id as "agencyId",
      must_change_password as "mustChangePassword", password_hash as "passwordHash"
    from staff where lower(login) = lower(${login}) and disabled_at is null`);
  return row;
};
