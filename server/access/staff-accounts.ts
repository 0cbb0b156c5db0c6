import type { Me, StaffAccount } from '@antrean/shared/protocol/access.ts';
import type { AuditAction } from '@antrean/shared/protocol/audit.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuditNote, byRequest } from '../audit/note-entry.ts';
import { sendProblem } from '../http/send-problem.ts';
import type { InScope } from '../ledger/in-scope.ts';
import { signedIn } from './guard.ts';
import { notIdle } from './session-store.ts';

/**
 * The accounts that an administrator may see, by login: those of the branch and agency the administrator's own is for.
 *
 * @param id only this one
 */
export const readAccounts = (inScope: InScope, by: Me, id: string | null = null): Promise<StaffAccount[]> =>
  inScope(
    by.branchId,
    (sql) => sql<StaffAccount[]>`
    select id, login, display_name as "displayName", role, branch_id as "branchId", agency_id as "agencyId",
      disabled_at is not null as "isDisabled",
      must_change_password as "mustChangePassword", password_hash is null as "isFromOutside",
      exists (select from staff_second_factor where staff_second_factor.staff_id = staff.id) as "hasSecondFactor",
      (select count(*)::int from staff_session where staff_id = staff.id and expires_at > now() and ${notIdle(sql)}) as sessions
    from staff
    where (${by.branchId}::text is null or branch_id = ${by.branchId})
      and (${by.agencyId}::text is null or agency_id = ${by.agencyId}) and (${id}::text is null or id = ${id})
    order by login`,
  );

/**
 * The account in the address, if whoever asks looks after it; otherwise the problem is sent, and there is none.
 *
 * @param mayBeOwn whether people may do this to their own account, too
 */
export const accountToManage = async (
  inScope: InScope,
  request: FastifyRequest,
  reply: FastifyReply,
  { mayBeOwn = false } = {},
): Promise<StaffAccount | null> => {
  const me = signedIn(request);
  const { staffId } = request.params as { staffId: string };
  const [account] = await readAccounts(inScope, me, staffId);
  if (!account) sendProblem(request, reply, 404, 'STAFF_UNKNOWN');
  // So that there is always an administrator left, and nobody shuts themselves out.
  else if (account.id === me.id && !mayBeOwn) sendProblem(request, reply, 409, 'OWN_ACCOUNT');
  else return account;
  return null;
};

/** What the audit trail says of something done to an account. */
export const noteOf = (
  request: FastifyRequest,
  action: AuditAction,
  { id, branchId, agencyId }: Pick<StaffAccount, 'id' | 'branchId' | 'agencyId'>,
): AuditNote => ({ ...byRequest(request), action, branchId, agencyId, subject: id });
