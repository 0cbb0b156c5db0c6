import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { freePort } from './free-port.ts';
import { endLeftOver } from './left-over.ts';

/** A Redis of our own, on 127.0.0.1 only. It holds nothing that cannot be folded again, so it keeps nothing on disk. */
export interface EmbeddedRedis {
  readonly url: string;
  /** `in-process` is a stand-in for trying Antrean out: one process, memory only. */
  readonly kind: 'redis-server' | 'valkey-server' | 'in-process';
  /** Absent for the stand-in. */
  readonly pid?: number;
  readonly stop: () => Promise<void>;
}

export interface RedisOptions {
  /** Remembers the server's pid, so that the next start can end what a `kill -9` left behind. */
  readonly folder: string;
  /** Where and with which password an earlier one ran, to start again at the same address. */
  readonly port?: number;
  readonly password?: string;
  /** Which one; absent: the first server on the PATH, else the stand-in. */
  readonly kind?: EmbeddedRedis['kind'];
}

const startMs = 10_000;
const triesForPort = 5;

/** Starts Redis. Throws with what it said when it does not start, or when neither a server nor the stand-in is there. */
export const startRedis = async (options: RedisOptions): Promise<EmbeddedRedis> => {
  const kind = options.kind ?? (['redis-server', 'valkey-server'] as const).find(isOnPath) ?? 'in-process';
  return kind === 'in-process' ? startInProcess(options.port) : startServer(kind, options);
};

const isOnPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));

/** What root makes inside an ordinary user's data must not keep that user from the next start. */
const leaveToOwner = (folder: string): void => {
  const { uid, gid } = statSync(dirname(folder));
  chownSync(folder, uid, gid);
};

const startServer = async (
  kind: 'redis-server' | 'valkey-server',
  { folder, port: wanted, password = randomBytes(18).toString('base64url') }: RedisOptions,
): Promise<EmbeddedRedis> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) leaveToOwner(folder);
  const pidFile = join(folder, 'redis.pid');
  if (existsSync(pidFile)) await endLeftOver(Number(readFileSync(pidFile, 'utf8')), realpathSync(folder), 'SIGTERM');
  for (let tries = 1; ; tries += 1) {
    const port = wanted ?? (await freePort());
    const server = spawn(kind, ['-'], { cwd: folder, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    // The settings come over stdin: a password on the command line is seen by every user of the machine.
    server.stdin.end(
      [
        `bind 127.0.0.1`,
        `port ${port}`,
        `requirepass ${password}`,
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
        url: `redis://:${password}@127.0.0.1:${port}`,
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
    if (!isPortTaken || wanted || tries === triesForPort) throw new Error(`${kind} did not start: ${failure}`);
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

const startInProcess = async (port = 0): Promise<EmbeddedRedis> => {
  const standIn = await import('js-redis-server').catch((error: unknown) => {
    throw new Error('neither redis-server nor its stand-in is installed: install Redis, or set REDIS_URL', {
      cause: error,
    });
  });
  const server = await standIn.createRedisServer({ port });
  return {
    url: `redis://${server.host}:${server.port}`,
    kind: 'in-process',
    stop: async () => void (await server.close()),
  };
};
