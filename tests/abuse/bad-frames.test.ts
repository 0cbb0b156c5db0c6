import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Api, openHall, signIn } from '../harness/api.ts';
import { makeHall, plainBranch } from '../harness/plain-hall.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { startTestRedis } from '../harness/redis.ts';
import { antreanScript, type ServerProcess, startServer } from '../harness/server-process.ts';
import { startTestScreen } from '../harness/test-screen.ts';
import { connectVisit } from '../harness/test-visit.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { Random } from '../simulation/random.ts';
import { badFrame, beginning, beginningOfVisit } from './bad-frames.ts';
import { frameOf, openRawSocket } from './raw-websocket.ts';

/** Frames in all. */
const total = Number(process.env.ANTREAN_BAD_FRAMES ?? 200_000);
const seed = Number(process.env.ANTREAN_ABUSE_SEED ?? Date.now() % 1_000_000);
const lanes = 32;
const screenCount = 5;
const phoneCount = 3;
/** Where screens open their sockets, and where visitors' pages do. */
const handshakes = [{}, { path: '/v/socket/?EIO=4&transport=websocket' }] as const;
/** A right call reaches every right screen meanwhile, ms. */
const callWithin = 5_000;
/** What the server may grow by from the first quarter of the frames to the last, MB. */
const growthLimit = 24;

let server: ServerProcess;
let manager: Api;
const stops: (() => Promise<unknown> | void)[] = [];
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('postgresUrl'));
  const redis = await startTestRedis();
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const password = await makeHall(sql as never);
  server = await startServer(antreanScript, { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  stops.push(
    () => server.stop(),
    redis.stop,
    () => sql.end(),
  );
  manager = await signIn(server.address, plainBranch, 'manager', password);
  await openHall(manager, 1);
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

test(
  `${total} bad frames: the server stays, stays small, and right screens and phones get their calls`,
  { timeout: 600_000 },
  async () => {
    const screens = Array.from({ length: screenCount }, () => startTestScreen(server.address, plainBranch));
    stops.unshift(...screens.map((screen) => () => screen.close()));
    await waitUntil('the screens are live', () => screens.every((screen) => screen.state().link === 'live'));
    const issue = async () =>
      (await manager.post('/tickets', { serviceId: 'S-1' })).body as { link: string; ticket: { id: string } };
    const [own, other] = [await issue(), await issue()];
    const phones = Array.from({ length: phoneCount }, () => connectVisit(server.address, { link: own.link }));
    stops.unshift(
      ...phones.map(
        ({ socket }) =>
          () =>
            void socket.disconnect(),
      ),
    );
    await waitUntil('the phones are connected', () => phones.every(({ socket }) => socket.connected));
    const random = new Random(seed);
    const memory: number[] = [];
    let [sent, sockets, turnedAway, slowest] = [0, 0, 0, 0];

    const lane = async (until: number): Promise<void> => {
      while (sent < until) {
        const frames = Array.from({ length: Math.min(random.between(1, 40), until - sent) }, () => badFrame(random));
        sent += frames.length;
        sockets += 1;
        const isScreen = random.between(0, 1) === 0;
        const socket = await openRawSocket(server.address, handshakes[isScreen ? 0 : 1]);
        if (socket.status !== 101) turnedAway += 1;
        const began = isScreen ? beginning(random, plainBranch) : beginningOfVisit(random, other.link);
        socket.write(Buffer.concat([...began, ...frames]));
        await Promise.race([socket.closed, wait(random.between(0, 50))]);
        socket.destroy();
      }
    };

    for (let part = 1; part <= 12; part++) {
      const until = Math.floor((total * part) / 12);
      await Promise.all(Array.from({ length: lanes }, () => lane(until)));
      const began = performance.now();
      await manager.post('/tickets', { serviceId: 'S-0' });
      // What becomes of the phones' own ticket, beside the calls: held and back in its line.
      const act = part % 2 ? 'hold' : 'return';
      const held = await manager.post(
        `/tickets/${own.ticket.id}/${act}`,
        part % 2 ? { reason: 'a copy', minutes: 30 } : {},
      );
      expect(held.status).toBe(200);
      const { version } = (await manager.post('/counters/C-1/call-next')).body as { version: number };
      await waitUntil(
        'all screens show it',
        () => screens.every((screen) => (screen.state().held?.version ?? 0) >= version),
        {
          withinMs: callWithin,
        },
      );
      const isTold = (nudge: { version: number; withinMs: number }): boolean =>
        nudge.withinMs === 0 && nudge.version >= (held.body.version as number);
      await waitUntil('all phones are told', () => phones.every((phone) => phone.nudges().some(isTold)), {
        withinMs: callWithin,
      });
      slowest = Math.max(slowest, performance.now() - began);
      memory.push(await server.rssMb());
    }
    const grew = memory.at(-1)! - memory[3]!;
    console.log(
      `${sent} bad frames on ${sockets} sockets, seed ${seed}; ${turnedAway} not let in; slowest call ${slowest.toFixed(0)} ms; ` +
        `RSS ${memory.map((mb) => mb.toFixed(0)).join(' ')} MB, grown by ${grew.toFixed(1)} of at most ${growthLimit}`,
    );
    expect(sent).toBe(total);
    expect(turnedAway).toBe(0);
    expect(grew).toBeLessThan(growthLimit);
    expect(screens.every((screen) => screen.socket.connected)).toBe(true);
    expect(phones.every(({ socket }) => socket.connected)).toBe(true);
  },
);

test.each(handshakes)(
  'a socket that is opened and never says whose it is, is closed within seconds: %o',
  async (at) => {
    const began = performance.now();
    const socket = await openRawSocket(server.address, at);
    expect(socket.status).toBe(101);
    await socket.closed;
    expect(performance.now() - began).toBeGreaterThan(3_000);
    expect(performance.now() - began).toBeLessThan(12_000);
  },
);

test('a socket that said three strange things is closed, whether it answers that or not', async () => {
  const socket = await openRawSocket(server.address);
  socket.write(frameOf(`40${JSON.stringify({ audience: 'board', branchId: plainBranch })}`));
  await wait(500);
  const began = performance.now();
  for (let count = 0; count < 3; count++) socket.write(frameOf('42["join","plain/floor"]'));
  await socket.closed;
  expect(performance.now() - began).toBeLessThan(5_000);
});

test.for([
  ['a former protocol', { path: '/socket.io/?EIO=3&transport=websocket' }],
  ['no protocol', { path: '/socket.io/?transport=websocket' }],
  ['polling', { path: '/socket.io/?EIO=4&transport=polling' }],
  ['a made-up session', { path: '/socket.io/?EIO=4&transport=websocket&sid=AAAAAAAAAAAAAAAAAAAA' }],
  ['a session from the prototype', { path: '/socket.io/?EIO=4&transport=websocket&sid=__proto__' }],
  ['another transport', { path: '/socket.io/?EIO=4&transport=constructor' }],
  ['another path', { path: '/v1/branches' }],
  ['an unreadable path', { path: '/socket.io/%zz' }],
  ['no key', { headers: { 'sec-websocket-key': '' } }],
  ['a key that is none', { headers: { 'sec-websocket-key': 'x' } }],
  ['a version of long ago', { headers: { 'sec-websocket-version': '7' } }],
  ['another upgrade', { headers: { upgrade: 'h2c' } }],
] as const)('a handshake with %s is turned away', async ([, handshake]) => {
  const socket = await openRawSocket(server.address, handshake);
  const isOpen = await Promise.race([socket.closed.then(() => false), wait(3_000, socket.status === 101)]);
  socket.destroy();
  expect(isOpen).toBe(false);
});
