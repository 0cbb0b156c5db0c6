import { StaffAccount, StaffParams } from '@antrean/shared/protocol/access.ts';
import { Problem } from '@antrean/shared/protocol/problem.ts';
import { type AuditNote, bySystem, noteEntry } from '../audit/note-entry.ts';
import type { App } from '../http/app.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import type { AccessPorts } from './access-ports.ts';
import { signedIn } from './guard.ts';
import { accountToManage, noteOf } from './staff-accounts.ts';

/** For whoever lost the app and the recovery codes: the password alone lets them in, to set up another. */
export const resetFactorRoute = (app: App, { inScope, sessions }: AccessPorts) =>
  app.post(
    '/v1/staff/:staffId/reset-second-factor',
    {
      schema: {
        operationId: 'resetFactor',
        tags: ['access'],
        summary: 'Takes the second factor off an account and ends its sessions',
        params: StaffParams,
        response: {
          200: StaffAccount,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          409: Problem,
          503: Problem,
        },
      },
      preHandler: app.allow('staff:manage'),
    },
    async (request, reply) => {
      const account = await accountToManage(inScope, request, reply);
      if (!account) return reply;
      const note = noteOf(request, 'second-factor.reset', account);
      await inScope(signedIn(request).branchId, (sql) => resetFactor(sql, note));
      sessions.forget();
      return { ...account, hasSecondFactor: false, sessions: 0 };
    },
  );

/** The same on the server itself, for the only administrator. @returns whether the account had a second factor */
export const resetFactorOf = async (sql: Sql, login: string): Promise<boolean> => {
  const [staff] = await withinTimeout(sql<{ id: string; branchId: string | null; agencyId: string | null }[]>`
    select id, branch_id as "branchId", agency_id as "agencyId" from staff where lower(login) = lower(${login})`);
  if (!staff) return false;
  const { id: subject, branchId, agencyId } = staff;
  const note = { ...bySystem, action: 'second-factor.reset', subject, branchId, agencyId } as const;
  const [result] = await withinTimeout(resetFactor(sql, note));
  return result.isReset;
};

const resetFactor = (sql: Sql, note: AuditNote) =>
  sql<[{ isReset: boolean }]>`
    with reset as (delete from staff_second_factor where staff_id = ${note.subject} returning staff_id),
    noted as (${noteEntry(sql, 'reset', note)}),
    ended as (delete from staff_session where staff_id = ${note.subject})
    select exists (select from reset) as "isReset"`;
