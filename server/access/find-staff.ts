import type { Me } from '@antrean/shared/protocol/access.ts';
import { withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { factorOf } from './factor-policy.ts';

/** An account and the hash of its password; `null`: it has none, somebody else vouches for its owner. */
export type StaffWithHash = Me & { passwordHash: string | null };

/** The account of a login; `undefined` when there is none in use. */
export const findStaff = async (
  { sql, secondFactor }: Pick<AccessPorts, 'sql' | 'secondFactor'>,
  login: string,
): Promise<StaffWithHash | undefined> => {
  const [row] = await withinTimeout(sql<StaffWithHash[]>`
    select id, display_name as "displayName", role, branch_id as "branchId", agency_id as "agencyId",
      must_change_password as "mustChangePassword", ${factorOf(sql, secondFactor)} as "secondFactor", password_hash as "passwordHash"
    from staff where lower(login) = lower(${login}) and disabled_at is null`);
  return row;
};
