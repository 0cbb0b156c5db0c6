import { sql, type SQL } from 'drizzle-orm';
import { type AnyPgColumn, pgPolicy } from 'drizzle-orm/pg-core';

/**
 * The second lock on whose hall something is (S6): whatever a statement forgets to ask for, Postgres shows and takes only
 * rows of the hall that the connection was told, and nothing when it was told none. `*`: of all halls. The owner of the
 * tables is not bound by it.
 */
export const ofHallInScope = (branchId: AnyPgColumn) =>
  policyOf(sql`current_setting('antrean.scope', true) in ('*', ${branchId})`);

/**
 * The same for a table that is read by the million rows: the scope is asked once a statement and not once a row, and compared
 * as a number, of which the planner expects a third of the rows where of the equation it expects a hundredth, and sorts.
 */
export const ofHallInScopeOfMany = (branchId: AnyPgColumn) =>
  policyOf(sql`((select current_setting('antrean.scope', true)) in ('*', ${branchId}))::int > 0`);

const policyOf = (isInScope: SQL) => pgPolicy('of_hall_in_scope', { using: isInScope, withCheck: isInScope });
