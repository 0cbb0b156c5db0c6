import type { Sql } from '../ledger/connect-postgres.ts';

/**
 * Lets `look` read everything as it stood at one moment, however busy the hall is: one read-only transaction at
 * REPEATABLE READ, so that tables and ledger are seen at the same version. Nobody waits for it. Throws what Postgres
 * throws; where the connection died, whatever `look` read meanwhile is thrown away.
 */
export const atOneVersion = async <T>(sql: Sql, look: (snapshot: Sql) => Promise<T>): Promise<T> => {
  // A transaction's `sql` lacks only what opens and ends connections, which nothing that reads asks for.
  const result = await sql.begin('isolation level repeatable read read only', (tx) => look(tx as unknown as Sql));
  return result as T;
};
