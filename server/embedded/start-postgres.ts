import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { endLeftOver } from './left-over.ts';
import { type Owner, postgresOwner, postgresPrograms } from './postgres-programs.ts';

/** A Postgres of our own, on 127.0.0.1 only, with its data in one folder. */
export interface EmbeddedPostgres {
  /** Of the maintenance database `postgres`. */
  readonly url: string;
  readonly pid: number;
  /** A fast shutdown: connections are closed, everything is written. */
  readonly stop: () => Promise<void>;
}

export interface PostgresOptions {
  /** Holds data, password and, where needed, a copy of the programs. Made when missing. */
  readonly folder: string;
  /** 0: any that is free. */
  readonly port?: number;
  /** Settings such as `max_connections=200`. */
  readonly settings?: readonly string[];
}

const user = 'antrean';
const triesForPort = 5;
const startMs = 60_000;
const stopMs = 20_000;

/**
 * Starts Postgres in a folder, which becomes a new cluster the first time. A server that an earlier run left behind in
 * the same folder is shut down first. Throws with what Postgres said when it does not start.
 */
export const startPostgres = async ({
  folder,
  port = 0,
  settings = [],
}: PostgresOptions): Promise<EmbeddedPostgres> => {
  const owner = postgresOwner(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const programs = postgresPrograms(owner, folder);
  const data = join(folder, 'data');
  const password = initialise(programs, folder, data, owner);
  await stopLeftOverPostgres(folder);
  const started = await start({ programs, data, owner, settings, port });
  const killAtExit = (): void => void started.server.kill('SIGQUIT');
  process.once('exit', killAtExit);
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${started.port}/postgres`,
    pid: started.server.pid ?? 0,
    stop: async () => {
      await stop(started.server);
      process.off('exit', killAtExit);
    },
  };
};

/** Makes the cluster unless it is there. @returns the password. Under another name until it is whole. */
const initialise = (programs: string, folder: string, data: string, owner: Owner | undefined): string => {
  const passwordFile = join(folder, 'password');
  if (existsSync(join(data, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8').trim();
  const password = randomBytes(18).toString('base64url');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) chownSync(passwordFile, owner.uid, owner.gid);
  const unfinished = join(folder, 'data-unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  const { status, stderr } = spawnSync(
    join(programs, 'initdb'),
    [
      `--pgdata=${unfinished}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
    ],
    { cwd: folder, encoding: 'utf8', ...owner },
  );
  if (status !== 0) throw new Error(`Postgres could not make its data folder in ${folder}: ${stderr}`);
  renameSync(unfinished, data);
  return password;
};

/** After a `kill -9` of its parent a Postgres goes on alone: it must be gone before anybody else touches its data. */
export const stopLeftOverPostgres = async (folder: string): Promise<void> => {
  const data = join(folder, 'data');
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (pid > 0) await endLeftOver(pid, data, 'SIGINT');
};

const start = async ({
  programs,
  data,
  owner,
  settings,
  port: wanted,
}: {
  programs: string;
  data: string;
  owner: Owner | undefined;
  settings: readonly string[];
  port: number;
}): Promise<{ server: ChildProcess; port: number }> => {
  for (let tries = 1; ; tries += 1) {
    const port = wanted || (await freePort());
    const flags = settings.flatMap((setting) => ['-c', setting]);
    const server = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'timezone=UTC', ...flags],
      // A group of its own: Ctrl+C in the terminal is for us, and we stop Postgres in its turn.
      {
        cwd: data,
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, LC_ALL: 'C' },
        ...owner,
      },
    );
    const failure = await readiness(server);
    if (failure === null) return { server, port };
    const isPortTaken = failure.includes('Address already in use');
    if (!isPortTaken || wanted || tries === triesForPort) throw new Error(`Postgres did not start: ${failure}`);
  }
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

/** By force when the shutdown takes too long. */
const stop = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  const timer = setTimeout(() => server.kill('SIGQUIT'), stopMs);
  await ended;
  clearTimeout(timer);
};
