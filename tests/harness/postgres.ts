import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@antrean/server/embedded/start-postgres.ts';
import { grantRights } from '@antrean/server/ledger/grant-rights.ts';
import { migrateDatabase } from '@antrean/server/ledger/migrate-database.ts';
import postgres from 'postgres';

export interface TestPostgres {
  /** Of the maintenance database; `createTestDatabase` makes others beside it. */
  readonly url: string;
  readonly pid: number;
  /** The folder it keeps everything in, for a test that starts it again. */
  readonly folder: string;
  /** Makes a database with all migrations applied and answers with its URL. */
  readonly createDatabase: () => Promise<string>;
  /** Stops the server and removes everything it wrote. */
  readonly stop: () => Promise<void>;
}

/** Starts one throw-away Postgres. Durable as in production unless `fsync: false` says otherwise. */
export const startTestPostgres = async ({ fsync = true }: { fsync?: boolean } = {}): Promise<TestPostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-test-postgres-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const settings = ['max_connections=200', `fsync=${fsync ? 'on' : 'off'}`];
    const server = await startPostgres({ folder, settings });
    return {
      url: server.url,
      pid: server.pid,
      folder,
      createDatabase: () => createTestDatabase(server.url),
      stop: async () => {
        await server.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
};

const template = 'antrean_template';
/** Any number: it keeps two test files from making or copying the template at the same time. */
const templateLock = 4_220_401;

/**
 * Makes a database of its own for a test file, with all migrations applied, and answers with its URL. The migrations
 * run once on each server; every database is a copy.
 */
export const createTestDatabase = async (url: string): Promise<string> => {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${templateLock})`;
    const [known] = await sql`select from pg_database where datname = ${template}`;
    if (!known) await createTemplate(sql, url);
    await sql`create database ${sql(name)} template ${sql(template)}`;
  } finally {
    await sql.end();
  }
  return databaseUrl(url, name);
};

/** Makes a database with nothing in it and answers with its URL. */
export const createEmptyDatabase = async (url: string): Promise<string> => {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
  return databaseUrl(url, name);
};

/** Under another name until it is whole, so that a failed migration leaves no half a template. */
const createTemplate = async (sql: postgres.Sql, url: string): Promise<void> => {
  const raw = `${template}_raw`;
  await sql`drop database if exists ${sql(raw)}`;
  await sql`create database ${sql(raw)}`;
  await migrateDatabase(databaseUrl(url, raw));
  await sql`do $$ begin create role antrean_server login password 'server'; exception when duplicate_object then null; end $$`;
  await grantRights(databaseUrl(url, raw), 'antrean_server', 'server');
  await sql`alter database ${sql(raw)} rename to ${sql(template)}`;
};

/** The same database as the server sees it in a real hall: with no more rights than it needs. */
export const asServer = (url: string): string => {
  const other = new URL(url);
  [other.username, other.password] = ['antrean_server', 'server'];
  return other.href;
};

const databaseUrl = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};
