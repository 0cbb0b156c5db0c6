import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import type { Sql } from '../ledger/connect-postgres.ts';

/** Whether those who may change what others do have to have a second factor; everybody else may have one anyway (S2). */
export type FactorPolicy = 'required' | 'offered';

const dutiful: readonly StaffRole[] = ['agency-administrator', 'manager', 'administrator'];

export const mustHaveFactor = (policy: FactorPolicy, role: StaffRole): boolean =>
  policy === 'required' && dutiful.includes(role);

/** The part of a select from `staff` that says what stands with the second factor of an account (`Me`). */
export const factorOf = (sql: Sql, policy: FactorPolicy) => sql`
  case when password_hash is null then 'elsewhere'
    when exists (select from staff_second_factor where staff_second_factor.staff_id = staff.id) then 'on'
    when ${policy}::text = 'required' and role = any(string_to_array(${dutiful.join()}, ',')) then 'needed'
    else 'off' end`;
