import { mayBeOfAgency, type Principal, type StaffRole, staffRoles } from '@antrean/shared/domain/permissions.ts';

/** The scope of an account. */
export type Scope = Pick<Principal, 'branchId' | 'agencyId'>;

/** The roles that somebody may give: for one agency only those that can be limited to it (ALLOW-3). */
export const rolesToGive = (by: Scope): readonly StaffRole[] =>
  by.agencyId === null ? staffRoles : staffRoles.filter(mayBeOfAgency);

/** Whether an account of a role can be limited to one agency, must be, or must not be. */
export const agencyOfRole = (role: StaffRole): 'may' | 'must' | 'must-not' =>
  role === 'agency-administrator' ? 'must' : mayBeOfAgency(role) ? 'may' : 'must-not';

/** The scope closest to the wanted one that somebody may give with a role. */
export const scopeToGive = (by: Scope, role: StaffRole, wanted: Scope): Scope => {
  const branchId = by.branchId ?? wanted.branchId;
  if (by.agencyId !== null) return { branchId, agencyId: by.agencyId };
  return { branchId, agencyId: branchId === null || agencyOfRole(role) === 'must-not' ? null : wanted.agencyId };
};
