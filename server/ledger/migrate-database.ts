import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any number will do, as long as every node uses the same. */
const lockKey = 6_420_141;

/** The database was made by a later version: to write into it could break what that version relies on. */
export class SchemaTooNew extends Error {
  constructor(appliedAt: Date, knownAt: Date) {
    super(
      `this database is newer than this version of Antrean: it has a migration of ${dayOf(appliedAt)}, ` +
        `this version knows those up to ${dayOf(knownAt)}. Start the version that made it, or a later one.`,
    );
  }
}

/** The role of the server changes no tables. */
export class MayNotMigrate extends Error {
  constructor() {
    super(
      'it was made by an earlier version, and this role may not change its tables: set ANTREAN_OWNER_URL, or run `antrean migrate` with it',
    );
  }
}

/**
 * Brings the database to this version's schema; nodes that start together take turns. Where it has it already nothing is
 * asked for but to read. Throws what Postgres throws, `SchemaTooNew` before anything is changed, and `MayNotMigrate`.
 */
export const migrateDatabase = async (url: string): Promise<void> => {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    if (await isUpToDate(sql)) return;
    const [may] = await sql`select has_database_privilege(current_database(), 'create') as migrate`;
    if (!may?.migrate) throw new MayNotMigrate();
    await sql`select pg_advisory_lock(${lockKey})`;
    // Another node may have been first.
    if (await isUpToDate(sql)) return;
    await migrate(drizzle({ client: sql, casing: 'snake_case' }), { migrationsFolder });
  } finally {
    await sql.end({ timeout: 5 });
  }
};

/**
 * Whether every migration has been applied. drizzle itself only looks at the time of the last one: a later or another history
 * would pass as its own.
 */
const isUpToDate = async (sql: postgres.Sql): Promise<boolean> => {
  const [made] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (!made?.exists) return false;
  const applied = await sql<{ hash: string; at: number }[]>`
    select hash, created_at::float8 as at from drizzle.__drizzle_migrations order by created_at`;
  const known = new Map(readMigrationFiles({ migrationsFolder }).map(({ folderMillis, hash }) => [folderMillis, hash]));
  const latestKnown = Math.max(...known.keys());
  for (const { hash, at } of applied) {
    if (at > latestKnown) throw new SchemaTooNew(new Date(at), new Date(latestKnown));
    if (known.get(at) !== hash) {
      throw new Error(
        `this database was migrated by other files than this version's, first at the migration of ${dayOf(new Date(at))}: ` +
          'point DATABASE_URL to the right database, or restore it from a backup',
      );
    }
  }
  return applied.length === known.size;
};

const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);
