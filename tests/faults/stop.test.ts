import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeHall, plainBranch } from '../harness/plain-hall.ts';
import { startTestPostgres, type TestPostgres } from '../harness/postgres.ts';
import { startTestRedis } from '../harness/redis.ts';
import { buildScreens } from '../screens/build-screens.ts';

const program = fileURLToPath(new URL('../../server/command-line/antrean.ts', import.meta.url));
/** A few seconds, since whoever restarts a hall waits for it; a machine that is busy with something else gets twice that. */
const stopsWithinMs = 10_000;

/** `antrean start` as an operator has it, with stores of the test's own. */
interface StartedServer {
  readonly process: ChildProcess;
  readonly address: string;
  readonly said: () => string;
}

const startServer = async (env: Record<string, string>): Promise<StartedServer> => {
  const child = spawn(process.execPath, [program, 'start'], {
    env: { ...process.env, PORT: '0', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /(http:\/\/\S+)\/api/.exec(said)?.[1];
        if (found) resolve(found);
      });
    }
    child.once('exit', () => reject(new Error(`it ended: ${said}`)));
  });
  return { process: child, address, said: () => said };
};

const aWhile = () => new Promise((resolve) => setTimeout(resolve, 2_500));

/** How Redis is when the server is told to stop. */
const losses: Record<string, (kill: (signal: NodeJS.Signals) => void, stop: () => void) => Promise<void> | void> = {
  'is there': (_, stop) => stop(),
  'died a moment ago': (kill, stop) => {
    kill('SIGKILL');
    stop();
  },
  'died a while ago': async (kill, stop) => {
    kill('SIGKILL');
    await aWhile();
    stop();
  },
  'dies meanwhile': async (kill, stop) => {
    stop();
    await new Promise((resolve) => setTimeout(resolve, 10));
    kill('SIGKILL');
  },
  hangs: async (kill, stop) => {
    kill('SIGSTOP');
    await aWhile();
    stop();
  },
};

describe.skipIf(process.env.ANTREAN_TEST_REDIS === 'in-process')('SIGTERM ends a server', () => {
  const ends: (() => Promise<unknown> | unknown)[] = [];
  // A durable one: the start refuses any other.
  let store: TestPostgres;
  beforeAll(async () => {
    store = await startTestPostgres();
    await buildScreens();
  }, 150_000);
  afterAll(() => store.stop());
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  test.each(Object.entries(losses))('whose Redis %s', { timeout: 120_000 }, async (_, lose) => {
    const databaseUrl = await store.createDatabase();
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
    await makeHall(sql);
    await sql.end({ timeout: 1 });
    const redis = await startTestRedis();
    const kill = (signal: NodeJS.Signals): void => void process.kill(redis.pid ?? 0, signal);
    ends.push(() => {
      if (lose === losses.hangs) kill('SIGKILL');
      return redis.stop();
    });
    const folder = mkdtempSync(join(tmpdir(), 'antrean-test-data-'));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    const server = await startServer({ DATABASE_URL: databaseUrl, REDIS_URL: redis.url, ANTREAN_DATA: folder });
    ends.push(() => server.process.kill('SIGKILL'));
    expect((await fetch(`${server.address}/v1/branches/${plainBranch}`)).status).toBe(200);

    const ended = once(server.process, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    let askedAt = 0;
    await lose(kill, () => {
      askedAt = performance.now();
      server.process.kill('SIGTERM');
    });
    const [code, signal] = await ended;
    const tookMs = performance.now() - askedAt;
    expect({ code, signal, said: server.said() }).toMatchObject({
      code: 0,
      signal: null,
      said: expect.stringContaining('Stopped.') as string,
    });
    expect(tookMs).toBeLessThan(stopsWithinMs);
  });
});
