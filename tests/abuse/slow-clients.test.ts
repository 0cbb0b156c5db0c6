import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeHall, plainBranch } from '../harness/plain-hall.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { startTestRedis } from '../harness/redis.ts';
import { antreanScript, type ServerProcess, startServer } from '../harness/server-process.ts';
import { ask } from '../http/ask.ts';

/** Connections that never come to an end with what they ask. */
const slowCount = 500;
/** Each of them is closed by then, ms (S14: 10 s; Node looks once a second). */
const closedWithin = 20_000;

let server: ServerProcess;
const stops: (() => Promise<unknown> | void)[] = [];
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('postgresUrl'));
  const redis = await startTestRedis();
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await makeHall(sql as never);
  server = await startServer(antreanScript, { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  stops.push(
    () => server.stop(),
    redis.stop,
    () => sql.end(),
  );
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** @returns what the server answered, when it has closed */
const openSlowly = (begin: string, drop: string): { socket: Socket; closed: Promise<string> } => {
  const { hostname, port } = new URL(server.address);
  const socket = connect(Number(port), hostname, () => socket.write(begin));
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  socket.on('error', () => {});
  const dropping = setInterval(() => socket.write(drop), 1_000);
  const closed = new Promise<string>((resolve) =>
    socket.once('close', () => {
      clearInterval(dropping);
      resolve(answer);
    }),
  );
  return { socket, closed };
};

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]!;

test.for([
  ['headers', 'GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: ', 'y'],
  [
    'bodies',
    'POST /v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 200\r\n\r\n{',
    ' ',
  ],
] as const)(
  `${slowCount} connections with slow %s: others are answered meanwhile, and they are closed`,
  { timeout: 90_000 },
  async ([what, begin, drop]) => {
    const began = performance.now();
    const slow = Array.from({ length: slowCount }, () => openSlowly(begin, drop));
    const times: number[] = [];
    for (let count = 0; count < 60; count++) {
      const asked = performance.now();
      expect((await ask(`${server.address}/v1/branches/${plainBranch}/board`, 'GET')).status).toBe(200);
      times.push(performance.now() - asked);
      await wait(50);
    }
    const answers = await Promise.all(slow.map(({ closed }) => closed));
    const took = performance.now() - began;
    console.log(
      `${slowCount} slow ${what}: others answered in ${percentile(times, 0.5).toFixed(0)} ms (p95 ${percentile(times, 0.95).toFixed(0)}), ` +
        `the last closed after ${(took / 1_000).toFixed(1)} s`,
    );
    expect(took).toBeLessThan(closedWithin);
    expect(percentile(times, 0.95)).toBeLessThan(1_000);
    expect(answers.filter((answer) => !answer.startsWith('HTTP/1.1 408 '))).toEqual([]);
  },
);

test(
  'bodies of 10 MB are refused from what they say or from their first bytes, and are not kept',
  { timeout: 90_000 },
  async () => {
    const before = await server.rssMb();
    const part = 'x'.repeat(64 * 1024);
    const send = (head: string, chunk: string): Promise<string> =>
      new Promise((resolve) => {
        const { hostname, port } = new URL(server.address);
        let answer = '';
        const socket = connect(Number(port), hostname, () => {
          socket.write(`POST /v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${head}\r\n\r\n`);
          for (let sent = 0; sent < 10 * 1024 * 1024; sent += part.length) socket.write(chunk);
        });
        socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
        socket.on('error', () => {});
        socket.once('close', () => resolve(answer));
        setTimeout(() => socket.destroy(), 20_000).unref();
      });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? send(`content-length: ${10 * 1024 * 1024}`, part)
          : send('transfer-encoding: chunked', `${part.length.toString(16)}\r\n${part}\r\n`),
      ),
    );
    const grew = (await server.rssMb()) - before;
    console.log(`20 bodies of 10 MB: memory grew by ${grew.toFixed(1)} MB`);
    // A connection that was reset because nobody reads what comes may lose its answer on the way.
    for (const answer of answers)
      if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"TOO_LARGE"/);
    expect(answers.filter((answer) => answer !== '').length).toBeGreaterThan(0);
    expect(grew).toBeLessThan(40);
    const body = { commandId: randomUUID(), login: 'x' };
    expect((await ask(`${server.address}/v1/sign-in`, 'POST', { body })).status).toBe(400);
  },
);
