import type { Sql } from '../ledger/connect-postgres.ts';
import { createStaff, type NewStaff } from './create-staff.ts';

export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly role: NewStaff['role'];
}

const accounts: readonly (readonly [login: string, displayName: string, role: NewStaff['role']])[] = [
  ['agent1', 'Ani', 'agent'],
  ['agent2', 'Budi', 'agent'],
  ['agent3', 'Citra', 'agent'],
  ['manager', 'Dewi', 'manager'],
  ['admin', 'Eko', 'administrator'],
];

/** Accounts for trying out, with passwords made at this moment; whoever had the old ones is signed out. */
export const createDemoStaff = async (sql: Sql, branchId: string | null): Promise<DemoAccount[]> => {
  if (process.env.NODE_ENV === 'production') throw new Error('demo accounts are not made in production');
  return Promise.all(
    accounts.map(async ([login, displayName, role]) => {
      const password = await createStaff(sql, { login, displayName, role, branchId });
      return { login, password, role };
    }),
  );
};
