import type { Me, StaffAccount } from '@antrean/shared/protocol/access.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { notIdle } from './session-store.ts';

/**
 * The accounts that an administrator may see, by login: those of the one branch the administrator's own is for, else all.
 *
 * @param id only this one
 */
export const readAccounts = (sql: Sql, by: Me, id: string | null = null): Promise<StaffAccount[]> =>
  withinTimeout(sql<StaffAccount[]>`
    select id, login, display_name as "displayName", role, branch_id as "branchId", disabled_at is not null as "isDisabled",
      must_change_password as "mustChangePassword",
      (select count(*)::int from staff_session where staff_id = staff.id and expires_at > now() and ${notIdle(sql)}) as sessions
    from staff
    where (${by.branchId}::text is null or branch_id = ${by.branchId}) and (${id}::text is null or id = ${id})
    order by login`);
