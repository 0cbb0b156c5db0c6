import { mayBeOfAgency } from '@antrean/shared/domain/permissions.ts';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { ProblemCode } from '../http/send-problem.ts';
import type { Sql } from '../ledger/connect-postgres.ts';

type Scope = Pick<Me, 'role' | 'branchId' | 'agencyId'>;

/** Why nobody gives an account this role and scope, or why just this administrator does not; `null` when all is well (ALLOW-3). */
export const refusedScope = (
  by: Pick<Me, 'branchId' | 'agencyId'>,
  { role, branchId, agencyId }: Scope,
): [number, ProblemCode] | null => {
  if (agencyId !== null && branchId === null) return [400, 'AGENCY_WITHOUT_BRANCH'];
  if (agencyId !== null && !mayBeOfAgency(role)) return [400, 'ROLE_OF_WHOLE_HALL'];
  if (agencyId === null && role === 'agency-administrator') return [400, 'AGENCY_NEEDED'];
  // Whoever looks after one branch or agency makes nobody who may work for others.
  if (by.branchId !== null && branchId !== by.branchId) return [403, 'OTHER_BRANCH'];
  if (by.agencyId !== null && agencyId !== by.agencyId) return [403, 'OTHER_AGENCY'];
  return null;
};

/** The part of a statement that says whether there are the branch and the agency: `branch_known`, `scope_known`. */
export const knownScope = (sql: Sql, { branchId, agencyId }: Pick<Scope, 'branchId' | 'agencyId'>) => sql`
  select branch_known, branch_known and (${agencyId}::text is null or exists (
    select from agency where branch_id = ${branchId} and id = ${agencyId} and retired_at is null)) as scope_known
  from (select ${branchId}::text is null or exists (select from branch where id = ${branchId}) as branch_known) as here`;
