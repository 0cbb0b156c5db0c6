import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startPostgres } from '@antrean/server/embedded/start-postgres.ts';
import { waitUntil } from '../harness/wait-until.ts';

/** A durable Postgres of a test's own, to be killed and started again at the same address. */
export interface KillablePostgres {
  readonly url: string;
  readonly pid: () => number;
  /** `kill -9` of the postmaster and of all its children; answers when none of them is left. */
  readonly kill: () => Promise<void>;
  /** A shutdown that does not wait for anybody: `fast` rolls back and writes out, `immediate` drops everything. */
  readonly shutDown: (mode: 'fast' | 'immediate') => Promise<void>;
  readonly start: () => Promise<void>;
  /** Ends it and removes its folder. */
  readonly remove: () => Promise<void>;
}

export const startKillablePostgres = async (): Promise<KillablePostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-test-postgres-'));
  const settings = ['max_connections=100', 'fsync=on'];
  let server: EmbeddedPostgres = await startPostgres({ folder, settings });
  const port = Number(new URL(server.url).port);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const pids = [server.pid, ...childrenOf(server.pid)];
    process.kill(server.pid, signal);
    if (signal === 'SIGKILL') for (const pid of pids.slice(1)) killIfThere(pid);
    await waitUntil('Postgres and its children are gone', () => pids.every(isGone), { withinMs: 20_000 });
    await server.stop();
  };
  return {
    url: server.url,
    pid: () => server.pid,
    kill: () => end('SIGKILL'),
    shutDown: (mode) => end(mode === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    start: async () => void (server = await startPostgres({ folder, settings, port })),
    remove: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

const killIfThere = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself when it saw its postmaster gone.
  }
};

/** Gone, or a zombie that nobody has fetched yet: either way it holds nothing any more. */
const isGone = (pid: number): boolean => {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/, ''));
  } catch {
    return true;
  }
};
