import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';

let proxy: TcpProxy;
beforeAll(async () => {
  proxy = await startTcpProxy(inject('postgresUrl'));
});
afterAll(() => proxy?.close());

const exitCode = async (env: Record<string, string> = {}): Promise<unknown> => {
  const script = new URL('../harness/ask-postgres.ts', import.meta.url);
  const child: ChildProcess = fork(script, {
    env: { ...process.env, DATABASE_URL: proxy.url, ...env },
    stdio: 'ignore',
  });
  return (await once(child, 'exit'))[0];
};

test('a connection that Postgres ends while postgres.js asks for the types does not end the process', async () => {
  const sql = postgres(inject('postgresUrl'), { max: 1 });
  let ended = 0;
  proxy.onChunk = (link, direction, chunk) => {
    if (direction !== 'up' || !chunk.includes('pg_catalog.pg_type') || ended > 0) return;
    ended += 1;
    link.hold('up');
    void sql`select pg_terminate_backend(pid) from pg_stat_activity where client_port = ${link.port() ?? 0}`.execute();
    return 'drop';
  };
  expect(await exitCode()).toBe(0);
  expect(ended).toBe(1);
  proxy.onChunk = null;
  await sql.end();
});

test('anything else that nobody looks after still ends it', async () => {
  expect(await exitCode({ REJECT: 'yes' })).not.toBe(0);
});
