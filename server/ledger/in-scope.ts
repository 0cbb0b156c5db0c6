import type postgres from 'postgres';
import { connectPostgres, type Sql, withinTimeout } from './connect-postgres.ts';

/**
 * Runs one statement for somebody whose account is for one hall (`null`: for all): Postgres itself then shows and takes
 * nothing of others (S6). Throws what Postgres throws; a row of another hall is refused with 42501.
 */
export type InScope = <Row extends readonly object[]>(
  branchId: string | null,
  statement: (sql: Sql) => postgres.PendingQuery<Row & readonly (object | undefined)[]>,
) => Promise<Row>;

/** Connections that see no row of a hall until they are told of one, and forget it with the transaction. */
export const connectScoped = (url: string): { inScope: InScope; end: () => Promise<void> } => {
  const pool = connectPostgres(url, { connections: 2, scope: '' });
  return {
    inScope: async (branchId, statement) => {
      // Both are sent at once. Should the connection die between them, what is left would run on one that sees nothing.
      const [, rows] = await withinTimeout(
        pool.begin((sql) => [
          sql`select set_config('antrean.scope', ${branchId ?? '*'}, true)`,
          statement(sql as unknown as Sql),
        ]),
      );
      return rows as never;
    },
    end: () => pool.end({ timeout: 5 }),
  };
};
