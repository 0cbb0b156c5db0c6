import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { freePort } from './free-port.ts';
import { endLeftOver } from './left-over.ts';
import { redisRights } from './redis-rights.ts';

/** A Redis of our own, on 127.0.0.1 only. It holds nothing that cannot be folded again, so it keeps nothing on disk. */
export interface EmbeddedRedis {
  /** For Antrean's servers, by a user with no more rights than they need (`redisRights`). */
  readonly url: string;
  /** For whoever looks after this Redis: the default user, who may do everything. The stand-in knows no users. */
  readonly ownerUrl: string;
  /** `in-process` is a stand-in for trying Antrean out: one process, memory only. */
  readonly kind: 'redis-server' | 'valkey-server' | 'in-process';
  /** Absent for the stand-in. */
  readonly pid?: number;
  readonly stop: () => Promise<void>;
}

export interface RedisOptions {
  /** Remembers the server's pid, so that the next start can end what a `kill -9` left behind. */
  readonly folder: string;
  /** Starts again at the same address, and with the same users, as this one. */
  readonly again?: EmbeddedRedis;
  /** Which one; absent: the first server on the PATH, else the stand-in. */
  readonly kind?: EmbeddedRedis['kind'];
}

const serverUser = 'antrean';
const startMs = 10_000;
const triesForPort = 5;

/** Starts Redis. Throws with what it said when it does not start, or when neither a server nor the stand-in is there. */
export const startRedis = async (options: RedisOptions): Promise<EmbeddedRedis> => {
  const kind = options.kind ?? (['redis-server', 'valkey-server'] as const).find(isOnPath) ?? 'in-process';
  return kind === 'in-process' ? startInProcess(options.again) : startServer(kind, options);
};

const isOnPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));

const portOf = ({ url }: EmbeddedRedis): number => Number(new URL(url).port);

/** The one that is in use, or a new one. */
const passwordOf = (url: string | undefined): string =>
  url === undefined ? randomBytes(18).toString('base64url') : new URL(url).password;

/** What root makes inside an ordinary user's data must not keep that user from the next start. */
const leaveToOwner = (folder: string): void => {
  const { uid, gid } = statSync(dirname(folder));
  chownSync(folder, uid, gid);
};

const startServer = async (
  kind: 'redis-server' | 'valkey-server',
  { folder, again }: RedisOptions,
): Promise<EmbeddedRedis> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) leaveToOwner(folder);
  const pidFile = join(folder, 'redis.pid');
  if (existsSync(pidFile)) await endLeftOver(Number(readFileSync(pidFile, 'utf8')), realpathSync(folder), 'SIGTERM');
  for (let tries = 1; ; tries += 1) {
    const port = again ? portOf(again) : await freePort();
    const [password, ownerPassword] = [passwordOf(again?.url), passwordOf(again?.ownerUrl)];
    const server = spawn(kind, ['-'], { cwd: folder, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    // The settings come over stdin: a password on the command line is seen by every user of the machine.
    server.stdin.end(
      [
        `bind 127.0.0.1`,
        `port ${port}`,
        `requirepass ${ownerPassword}`,
        `user ${serverUser} on >${password} ${redisRights}`,
        `pidfile ${JSON.stringify(pidFile)}`,
        `dir ${JSON.stringify(folder)}`,
        `save ""`,
        `appendonly no`,
        `maxmemory-policy noeviction`,
        '',
      ].join('\n'),
    );
    const failure = await readiness(server);
    if (failure === null) {
      const killAtExit = (): void => void server.kill('SIGKILL');
      process.once('exit', killAtExit);
      return {
        url: `redis://${serverUser}:${password}@127.0.0.1:${port}`,
        ownerUrl: `redis://:${ownerPassword}@127.0.0.1:${port}`,
        kind,
        pid: server.pid ?? 0,
        stop: async () => {
          process.off('exit', killAtExit);
          if (server.exitCode !== null || server.signalCode !== null) return;
          const ended = once(server, 'exit');
          server.kill('SIGTERM');
          await ended;
        },
      };
    }
    const isPortTaken = failure.includes('Address already in use');
    if (!isPortTaken || again || tries === triesForPort) throw new Error(`${kind} did not start: ${failure}`);
  }
};

/** Answers null when the server is ready, else with what it said before it ended. */
const readiness = (server: ChildProcess): Promise<string | null> =>
  new Promise((resolve) => {
    let said = '';
    const settle = (outcome: string | null): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const timer = setTimeout(() => {
      server.kill('SIGKILL');
      settle(`not ready after ${startMs} ms: ${said}`);
    }, startMs);
    server.once('error', (error) => settle(error.message));
    server.once('exit', () => settle(said));
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-20_000);
        if (/ready to accept connections/i.test(said)) settle(null);
      });
    }
  });

const startInProcess = async (again: EmbeddedRedis | undefined): Promise<EmbeddedRedis> => {
  const standIn = await import('js-redis-server').catch((error: unknown) => {
    throw new Error('neither redis-server nor its stand-in is installed: install Redis, or set REDIS_URL', {
      cause: error,
    });
  });
  const server = await standIn.createRedisServer({ port: again ? portOf(again) : 0 });
  const url = `redis://${server.host}:${server.port}`;
  return {
    url,
    ownerUrl: url,
    kind: 'in-process',
    stop: async () => void (await server.close()),
  };
};
