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

/** Nobody did anything for a hall this long, s: its connections are closed. */
const idleSeconds = 60;

/**
 * Connections that are a hall's from their first moment: what runs on them needs no transaction to be told whose it is, so
 * that no lock is held while this process is busy with something else.
 */
export const connectScoped = (url: string, ofAll: Sql): { inScope: InScope; end: () => Promise<void> } => {
  const pools = new Map<string, Sql>();
  const poolOf = (branchId: string): Sql => {
    const pool = pools.get(branchId) ?? connectPostgres(url, { connections: 2, scope: branchId, idleSeconds });
    pools.set(branchId, pool);
    return pool;
  };
  return {
    inScope: async (branchId, statement) =>
      (await withinTimeout(statement(branchId === null ? ofAll : poolOf(branchId)))) as never,
    end: async () => void (await Promise.all([...pools.values()].map((pool) => pool.end({ timeout: 5 })))),
  };
};
