import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { postgresOwner, postgresPrograms, type Owner } from './postgres-binaries.ts';

export interface TestPostgres {
  /** Of the maintenance database; `createTestDatabase` makes others beside it. */
  readonly url: string;
  /** Makes a database with all migrations applied and answers with its URL. */
  readonly createDatabase: () => Promise<string>;
  /** Stops the server and removes everything it wrote. */
  readonly stop: () => Promise<void>;
}

const user = 'antrean';
const triesForPort = 5;
const startMs = 30_000;
const stopMs = 20_000;

/**
 * Starts one throw-away Postgres on 127.0.0.1, on a free port, with a random password and a data folder of its own.
 * Durable as in production unless `fsync: false` says otherwise.
 */
export const startTestPostgres = async ({ fsync = true }: { fsync?: boolean } = {}): Promise<TestPostgres> => {
  const owner = postgresOwner();
  const folder = mkdtempSync(join(tmpdir(), 'antrean-test-postgres-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    if (owner) chownSync(folder, owner.uid, owner.gid);
    const programs = postgresPrograms(owner, folder);
    const password = randomBytes(18).toString('base64url');
    const data = initialise(programs, folder, password, owner, fsync);
    const { server, port } = await start(programs, data, owner, fsync);
    const killAtExit = (): void => void server.kill('SIGQUIT');
    process.once('exit', killAtExit);
    const url = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
    return {
      url,
      createDatabase: () => createTestDatabase(url),
      stop: async () => {
        await stop(server);
        process.off('exit', killAtExit);
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
};

/** Makes an empty data folder and answers with its path. */
const initialise = (
  programs: string,
  folder: string,
  password: string,
  owner: Owner | undefined,
  fsync: boolean,
): string => {
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) chownSync(passwordFile, owner.uid, owner.gid);
  const { status, stderr } = spawnSync(
    join(programs, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      ...(fsync ? [] : ['--no-sync']),
    ],
    { cwd: folder, encoding: 'utf8', ...owner },
  );
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
  return data;
};

const start = async (
  programs: string,
  data: string,
  owner: Owner | undefined,
  fsync: boolean,
): Promise<{ server: ChildProcess; port: number }> => {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const server = spawn(
      join(programs, 'postgres'),
      [
        ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
        ...['-c', 'max_connections=200', '-c', `fsync=${fsync ? 'on' : 'off'}`, '-c', 'timezone=UTC'],
      ],
      { cwd: data, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' }, ...owner },
    );
    const failure = await readiness(server);
    if (failure === null) return { server, port };
    const isPortTaken = failure.includes('Address already in use');
    if (!isPortTaken || tries === triesForPort) throw new Error(`Postgres did not start: ${failure}`);
  }
};

/** Another process may take the port before Postgres does; `start` then tries the next. */
const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

/** Answers null when the server is ready, else with what it said before it ended. */
const readiness = async (server: ChildProcess): Promise<string | null> =>
  await new Promise((resolve) => {
    let said = '';
    const timer = setTimeout(() => {
      server.kill('SIGKILL');
      resolve(`not ready after ${startMs} ms: ${said}`);
    }, startMs);
    const settle = (outcome: string | null): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    server.once('error', (error) => settle(error.message));
    server.once('exit', () => settle(said));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
      if (said.includes('ready to accept connections')) settle(null);
    });
  });

/** A fast shutdown, which closes the connections that tests left open; by force when that takes too long. */
const stop = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  const timer = setTimeout(() => server.kill('SIGQUIT'), stopMs);
  await ended;
  clearTimeout(timer);
};

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
const template = 'antrean_template';
/** Any number: it keeps two test files from making or copying the template at the same time. */
const templateLock = 4_220_401;

/**
 * Makes a database of its own for a test file, with all migrations applied, on a server that `startTestPostgres` started,
 * and answers with its URL. The migrations run once; each database is a copy.
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

/** Under another name until it is whole, so that a failed migration leaves no half a template. */
const createTemplate = async (sql: postgres.Sql, url: string): Promise<void> => {
  const raw = `${template}_raw`;
  await sql`drop database if exists ${sql(raw)}`;
  await sql`create database ${sql(raw)}`;
  const inside = postgres(databaseUrl(url, raw), { max: 1, onnotice: () => {} });
  try {
    await migrate(drizzle(inside), { migrationsFolder });
  } finally {
    await inside.end();
  }
  await sql`alter database ${sql(raw)} rename to ${sql(template)}`;
};

const databaseUrl = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};
