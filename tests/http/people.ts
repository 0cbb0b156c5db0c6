import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import type postgres from 'postgres';
import { ask } from './ask.ts';

/** Makes an account and signs it in. @returns the cookie to send */
export const signedIn = async (
  sql: postgres.Sql,
  address: string,
  account: { login: string; role: StaffRole; branchId: string | null; agencyId?: string | null },
): Promise<string> => {
  const password = await createStaff(sql, { ...account, displayName: account.login });
  const answer = await ask(`${address}/v1/sign-in`, 'POST', { body: { login: account.login, password } });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`sign-in of ${account.login} answered ${answer.status}: ${answer.text}`);
  return cookie;
};
