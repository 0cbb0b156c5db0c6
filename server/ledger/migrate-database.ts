import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any number will do, as long as every node uses the same. */
const lockKey = 6_420_141;

/** Brings the database to this version's schema; nodes that start together take turns. Throws what Postgres throws. */
export const migrateDatabase = async (url: string): Promise<void> => {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    await migrate(drizzle({ client: sql, casing: 'snake_case' }), { migrationsFolder });
  } finally {
    await sql.end({ timeout: 5 });
  }
};
