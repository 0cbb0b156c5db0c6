import { randomInt } from 'node:crypto';
import type { Me } from '@antrean/shared/protocol/access.ts';
import { bySystem, noteEntry } from '../audit/note-entry.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { hashPassword } from './hash-password.ts';

export interface NewStaff {
  readonly login: string;
  readonly displayName: string;
  readonly role: Me['role'];
  readonly branchId: string | null;
  /** The only agency of that branch; absent: all. */
  readonly agencyId?: string | null;
  /** Whether its owner chooses another password before anything else. */
  readonly mustChangePassword?: boolean;
}

/** Makes an account, or gives an existing one this role and a new password. Its id is the login. @returns the password, known only here */
export const createStaff = async (sql: Sql, account: NewStaff): Promise<string> => {
  const { login, displayName, role, branchId, agencyId = null, mustChangePassword = false } = account;
  const after = { displayName, role, branchId, agencyId };
  const note = { ...bySystem, action: 'staff.added', branchId, agencyId, subject: login, after } as const;
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  await withinTimeout(sql`
    with account as (
      insert into staff (id, login, display_name, password_hash, role, branch_id, agency_id, must_change_password)
      values (${login}, ${login}, ${displayName}, ${passwordHash}, ${role}, ${branchId}, ${agencyId}, ${mustChangePassword})
      on conflict (id) do update set display_name = excluded.display_name, password_hash = excluded.password_hash,
        role = excluded.role, branch_id = excluded.branch_id, agency_id = excluded.agency_id,
        must_change_password = excluded.must_change_password, disabled_at = null
      returning id
    ),
    noted as (${noteEntry(sql, 'account', note)})
    delete from staff_session using account where staff_id = account.id`);
  return password;
};

/** Letters and digits that cannot be taken for each other, in four groups of four: 79 bits. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')).join('-');

const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
