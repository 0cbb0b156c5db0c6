import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sql } from 'postgres';

const run = promisify(execFile);
const debianHome = '/usr/lib/postgresql';

/** Where Debian puts pgbench, else whatever is on the PATH. */
const pgbenchPath = (): string => {
  try {
    const newest = readdirSync(debianHome).sort((a, b) => Number(b) - Number(a))[0];
    return newest ? join(debianHome, newest, 'bin', 'pgbench') : 'pgbench';
  } catch {
    return 'pgbench';
  }
};

/** How pgbench sends a statement: as it does by itself, or prepared once and then by name. */
export type Protocol = 'simple' | 'prepared';

/** What one pgbench run is of. */
interface Run {
  readonly databaseUrl: string;
  readonly clients: number;
  readonly protocol: Protocol;
}

/** Transactions per second of a pgbench script. Throws with what to install when pgbench is missing. */
const tps = async ({ databaseUrl, clients, protocol }: Run, script: string, limit: string[]): Promise<number> => {
  const url = new URL(databaseUrl);
  const file = join(mkdtempSync(join(tmpdir(), 'antrean-pgbench-')), 'script.sql');
  writeFileSync(file, script);
  const args = ['-n', '-M', protocol, '-f', file, '-c', String(clients), '-j', '2', ...limit];
  const connection = ['-h', url.hostname, '-p', url.port, '-U', url.username, url.pathname.slice(1)];
  try {
    const { stdout } = await run(pgbenchPath(), [...args, ...connection], {
      env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password) },
    });
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new Error('pgbench is missing: install postgresql-contrib (Debian) and try again', { cause: error });
  }
};

/** Single-row INSERT commits per second, with ids of the same kind as ours. */
export const insertsPerSecond = async (sql: Sql, run: Run): Promise<number> => {
  await sql`create table if not exists bench_insert (id uuid primary key, service text, at timestamptz)`;
  await sql`truncate bench_insert`;
  const script = "insert into bench_insert values (uuidv7(), 'S-1', now());\n";
  return tps(run, script, ['-T', '3']);
};

/** "Call next" the way it is written when the database alone decides: `FOR UPDATE SKIP LOCKED`, 10,000 waiting. */
export const callsPerSecond = async (sql: Sql, run: Run): Promise<number> => {
  await sql`drop table if exists bench_line`;
  await sql`create table bench_line (id bigserial primary key, status text not null, counter int, called_at timestamptz)`;
  await sql`insert into bench_line (status) select 'waiting' from generate_series(1, 10000)`;
  await sql`create index on bench_line (id) where status = 'waiting'`;
  await sql`analyze bench_line`;
  const script = `update bench_line set status = 'called', counter = :client_id, called_at = now() where id = (
    select id from bench_line where status = 'waiting' order by id limit 1 for update skip locked);\n`;
  return tps(run, script, ['-t', String(Math.floor(9_600 / run.clients))]);
};
