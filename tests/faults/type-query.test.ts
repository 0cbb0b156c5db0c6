import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
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

test('a connection that is lost while postgres.js asks for the types does not end the process', async () => {
  let cut = 0;
  proxy.onChunk = (link, direction, chunk) => {
    if (direction !== 'up' || !chunk.includes('pg_catalog.pg_type') || cut === 3) return;
    cut += 1;
    link.cut();
    return 'drop';
  };
  expect(await exitCode()).toBe(0);
  expect(cut).toBe(3);
  proxy.onChunk = null;
});

test('anything else that nobody looks after still ends it', async () => {
  expect(await exitCode({ REJECT: 'yes' })).not.toBe(0);
});
