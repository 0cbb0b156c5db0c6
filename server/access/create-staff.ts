import { randomInt } from 'node:crypto';
import type { Me } from '@antrean/shared/protocol/access.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { hashPassword } from './hash-password.ts';

export interface NewStaff {
  readonly login: string;
  readonly displayName: string;
  readonly role: Me['role'];
  readonly branchId: string | null;
}

/** Makes an account, or gives an existing one this role and a new password. Its id is the login. @returns the password, known only here */
export const createStaff = async (sql: Sql, { login, displayName, role, branchId }: NewStaff): Promise<string> => {
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  await withinTimeout(sql`
    with account as (
      insert into staff (id, login, display_name, password_hash, role, branch_id)
      values (${login}, ${login}, ${displayName}, ${passwordHash}, ${role}, ${branchId})
      on conflict (id) do update set display_name = excluded.display_name, password_hash = excluded.password_hash,
        role = excluded.role, branch_id = excluded.branch_id, disabled_at = null
      returning id
    )
    delete from staff_session using account where staff_id = account.id`);
  return password;
};

/** Letters and digits that cannot be taken for each other, in four groups of four: 79 bits. */
const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')).join('-');

const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
