import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isRunning } from '../embedded/left-over.ts';
import { postgresOwner } from '../embedded/postgres-programs.ts';
import { stopLeftOverPostgres } from '../embedded/start-postgres.ts';
import { sealFile } from './read-seal.ts';
import { readRunState } from './run-state.ts';
import { StartUpError } from './start-up-error.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Where an installation keeps everything, and why it is not where people look first. */
export interface DataFolder {
  readonly path: string;
  readonly note?: string;
}

/**
 * The folder named by the setting, else `.antrean` in the checkout. Root lends Postgres another user, who cannot always
 * reach a checkout (a home that others may not enter): then it is a folder of its own under /var/lib.
 */
export const dataFolder = (wanted: string | undefined): DataFolder => {
  if (wanted !== undefined) return { path: resolve(wanted) };
  const usual = join(checkout, '.antrean');
  if (canPostgresReach(checkout, postgresFolder(usual))) return { path: usual };
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 12);
  const path = `/var/lib/antrean/${name}`;
  return { path, note: `the data is kept in ${path}: Postgres does not run as root and cannot reach ${checkout}` };
};

/** Whether whoever Postgres runs as may enter a folder; root lends it another user, unless `kept` is somebody's. */
export const canPostgresReach = (folder: string, kept: string): boolean => {
  const owner = postgresOwner(kept);
  return !owner || spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', ...owner }).status === 0;
};

/** What the command line of a process that runs an installation names. */
const program = 'command-line/antrean.ts';
/** How long we wait for one that is stopping, ms, and for one that may just notice that it has to. */
const stoppingMs = 30_000;
const noticingMs = 2_500;

/**
 * Makes the folder and takes it for this process alone. One that is being stopped is waited for. Throws `StartUpError`
 * when the folder cannot be written or another Antrean runs in it.
 *
 * @returns gives it back
 */
export const takeDataFolder = async (path: string): Promise<() => void> => {
  const lock = join(path, 'lock');
  try {
    // Others may pass through it, but not look: Postgres has a folder of its own inside.
    mkdirSync(path, { recursive: true, mode: 0o711 });
    accessSync(path, constants.W_OK);
    if (!writeLock(lock)) {
      const pid = Number(readFileSync(lock, 'utf8'));
      if (pid !== process.pid && !(await isLeaving(path, pid))) {
        throw new StartUpError(
          `Antrean is running already with this data (process ${pid}): stop it first, or set ANTREAN_DATA to another folder`,
        );
      }
      rmSync(lock, { force: true });
      writeLock(lock);
    }
  } catch (error) {
    if (error instanceof StartUpError) throw error;
    throw new StartUpError(
      `the data folder ${path} cannot be written (${(error as Error).message}): make ${dirname(path)} writable, or set ANTREAN_DATA to a folder that is`,
      { cause: error },
    );
  }
  return () => rmSync(lock, { force: true });
};

/** Whether the process that has the folder is gone, or goes while we wait. */
const isLeaving = async (path: string, pid: number): Promise<boolean> => {
  const since = performance.now();
  while (isRunning(pid, program)) {
    const waitMs = readRunState(path) === undefined ? stoppingMs : noticingMs;
    if (performance.now() - since > waitMs) return false;
    await sleep(100);
  }
  return true;
};

/** @returns false when there is one already */
const writeLock = (lock: string): boolean => {
  try {
    const file = openSync(lock, 'wx', 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

export const postgresFolder = (data: string): string => join(data, 'postgres');
/** There when this installation was begun as the demo. */
export const demoMark = (data: string): string => join(data, 'demo');
export const redisFolder = (data: string): string => join(data, 'redis');

/** Deletes what an installation kept, and nothing else that may lie in the folder. */
export const emptyDataFolder = async (path: string): Promise<void> => {
  await stopLeftOverPostgres(postgresFolder(path));
  for (const name of [postgresFolder(path), redisFolder(path), demoMark(path), sealFile(path)])
    rmSync(name, { recursive: true, force: true });
};
