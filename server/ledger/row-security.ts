import { sql } from 'drizzle-orm';
import { type AnyPgColumn, pgPolicy } from 'drizzle-orm/pg-core';

/**
 * The second lock on whose hall something is (S6): whatever a statement forgets to ask for, Postgres shows and takes only
 * rows of the hall that the connection was told, and nothing when it was told none. `*`: of all halls. The owner of the
 * tables is not bound by it.
 */
export const ofHallInScope = (branchId: AnyPgColumn) => {
  const isInScope = sql`current_setting('antrean.scope', true) in ('*', ${branchId})`;
  return pgPolicy('of_hall_in_scope', { using: isInScope, withCheck: isInScope });
};
