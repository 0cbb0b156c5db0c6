import { performance } from 'node:perf_hooks';
import { io, type Socket } from 'socket.io-client';
import { type Figure, figureOf, percentile } from './figures.ts';
import type { BenchHall } from './measure-memory.ts';
import { type ServerProcess, startServer } from '../harness/server-process.ts';

/** What Fastify and socket.io do by themselves. */
export const bareScript = new URL('serve-bare.ts', import.meta.url);

const tvCount = 1_000;
const callCount = 60;

/** Connects screens to a server, fifty at a time. */
const connectTvs = async (address: string): Promise<Socket[]> => {
  const sockets: Socket[] = [];
  for (let from = 0; from < tvCount; from += 50) {
    const group = Array.from({ length: 50 }, () =>
      io(address, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth: { audience: 'board', branchId: 'plain' },
      }),
    );
    await Promise.all(
      group.map(
        (socket) =>
          new Promise<void>((resolve, reject) => {
            socket.on('connect', () => resolve());
            socket.on('connect_error', reject);
          }),
      ),
    );
    sockets.push(...group);
  }
  return sockets;
};

/** From a request to the moment the last screen has its patch, ms, many times over. */
const timesToLast = async (sockets: readonly Socket[], ask: (index: number) => Promise<void>): Promise<number[]> => {
  let left = 0;
  let done = () => {};
  for (const socket of sockets) {
    socket.on('patch', () => {
      if (--left === 0) done();
    });
  }
  const times: number[] = [];
  for (let index = 0; index < callCount; index++) {
    left = sockets.length;
    const all = new Promise<void>((resolve) => (done = resolve));
    const startedAt = performance.now();
    await Promise.all([ask(index), all]);
    times.push(performance.now() - startedAt);
  }
  return times;
};

const measure = async (server: ServerProcess, ask: (index: number) => Promise<void>) => {
  const before = await server.rssMb();
  const sockets = await connectTvs(server.address);
  // The first heartbeat is past, so that no other message falls into the first call.
  const times = (await timesToLast(sockets, ask)).slice(10);
  const perTvKb = ((await server.rssMb()) - before) * (1_024 / tvCount);
  for (const socket of sockets) socket.disconnect();
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), perTvKb };
};

/** Call-next → the last of 1,000 screens of the branch, against a bare socket.io server that emits as many bytes. */
export const measureTvs = async (startHall: () => Promise<BenchHall>, rounds: number): Promise<[string, Figure][]> => {
  const all: { ours: Awaited<ReturnType<typeof measure>>; limit: Awaited<ReturnType<typeof measure>> }[] = [];
  for (let round = 0; round < rounds; round++) {
    const hall = await startHall();
    for (let index = 0; index < callCount; index++) await hall.api.post('/tickets', { serviceId: 'S-0' });
    const ours = await measure(hall.server, async (index) => {
      const called = await hall.api.post(`/counters/C-${(index % 16) + 1}/call-next`);
      if (called.status !== 200) throw new Error(JSON.stringify(called.body));
    });
    await hall.stop();
    const bare = await startServer(bareScript);
    const limit = await measure(bare, async () => {
      await fetch(`${bare.address}/emit`, { method: 'POST' });
    });
    await bare.stop();
    all.push({ ours, limit });
  }
  const figure = (key: 'p50' | 'p99' | 'perTvKb', unit: string) =>
    figureOf(
      all.map(({ ours, limit }) => ({ ours: ours[key], limit: limit[key] })),
      unit,
    );
  return [
    ['call.tv1000.p50', figure('p50', 'ms')],
    ['call.tv1000.p99', figure('p99', 'ms')],
    ['rss.tv1000', figure('perTvKb', 'kB a TV')],
  ];
};
