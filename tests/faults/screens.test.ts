import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { startNode } from '@antrean/server/node.ts';
import { Screens, wholeHall } from '@antrean/server/push/screens.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { applyTo } from '@antrean/shared/domain/evolve.ts';
import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { noChanges, noteChange } from '@antrean/shared/views/changes.ts';
import { io, type Socket } from 'socket.io-client';
import { viewOf } from '@antrean/shared/views/audience.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Api, openHall, signIn } from '../harness/api.ts';
import { foldedHall } from '../harness/folded-hall.ts';
import { plainBranch } from '../harness/plain-hall.ts';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestScreen, type TestScreen } from '../harness/test-screen.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { testSeal } from '../harness/test-seal.ts';

const patient = { withinMs: 20_000 };
let hall: TestHall;
let manager: Api;
let proxy: TcpProxy;
const open: { close: () => unknown }[] = [];
const figures: string[] = [];
let refusals = 0;

const keep = <T extends { close: () => unknown }>(thing: T): T => {
  open.push(thing);
  return thing;
};
const address = () => hall.nodes[0]?.address ?? '';
const isRight = async (screen: TestScreen) =>
  isDeepStrictEqual(new Map(screen.entries()), viewOf('board', (await foldedHall(hall.sql, plainBranch)).hall));
const rightWithin = (screen: TestScreen) => waitUntil('the screen is right', () => isRight(screen), patient);
const callSomebody = async () => {
  await manager.post('/tickets', { serviceId: 'S-0' });
  const called = await manager.post('/counters/C-1/call-next');
  if (called.status !== 200) throw new Error(JSON.stringify(called.body));
};
/** A socket of somebody who follows no rules. */
const stranger = (options: object = {}, auth: object = { audience: 'board', branchId: plainBranch }): Socket =>
  keep(io(address(), { transports: ['websocket'], forceNew: true, reconnection: false, auth, ...options }));
const outcomeOf = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.on('connect', () => resolve('connected'));
    socket.on('connect_error', (error) => resolve(error.message));
  });
const cutOff = (socket: Socket): Promise<string> => new Promise((resolve) => socket.on('disconnect', resolve));

beforeAll(async () => {
  hall = await startTestHall();
  const [first] = hall.managers;
  if (!first) throw new Error('no node');
  manager = first;
  await openHall(manager, 2);
  proxy = await startTcpProxy(address());
});
afterEach(() => {
  for (const thing of open.splice(0)) thing.close();
});
afterAll(async () => {
  console.log(`screens: ${refusals} kinds of strangers refused or cut off\n  ${figures.join('\n  ')}`);
  await proxy.close();
  await hall.stop();
});

test('[F45] the last message is lost: the heartbeat heals it', async () => {
  const screen = keep(startTestScreen(proxy.url, plainBranch));
  await rightWithin(screen);
  let lost = 0;
  proxy.onChunk = (_link, direction, chunk) => {
    if (direction === 'up' || !chunk.includes('"patch"')) return;
    lost += 1;
    return 'drop';
  };
  await callSomebody();
  await waitUntil('a message was lost', () => lost > 0);
  proxy.onChunk = null;
  expect(await isRight(screen)).toBe(false);
  const took = await rightWithin(screen);
  expect(screen.resyncs()).toBeGreaterThan(0);
  figures.push(`${lost} lost messages healed after ${Math.round(took)} ms`);
});

test('[F28] a message in the middle is lost: the next one shows the gap', async () => {
  const screen = keep(startTestScreen(proxy.url, plainBranch));
  await rightWithin(screen);
  let lost = 0;
  proxy.onChunk = (_link, direction, chunk) => {
    if (direction === 'up' || lost > 0 || !chunk.includes('"patch"')) return;
    lost += 1;
    return 'drop';
  };
  await callSomebody();
  await waitUntil('a message was lost', () => lost > 0);
  await callSomebody();
  const took = await rightWithin(screen);
  proxy.onChunk = null;
  expect(screen.resyncs()).toBeGreaterThan(0);
  figures.push(`a gap healed after ${Math.round(took)} ms`);
});

test('[F46] a screen that hangs is cut off, costs nothing more, and is right again when it is back', async () => {
  const branch = await hall.nodes[0]?.halls.branch(plainBranch as BranchId);
  if (!branch) throw new Error('no branch');
  const http = createServer();
  const screens = new Screens(http, {
    branch: async () => branch,
    clock: Date.now,
    scopeOf: async () => wholeHall,
    helpCallsOf: async () => [],
    alertsOf: async () => [],
    tellShown: () => {},
    soundTestOf: async () => null,
    waitsOf: () => Promise.reject(new Error('nobody asks')),
    trusts: () => false,
    socketsPerAddress: Infinity,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const slow = await startTcpProxy(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  keep({ close: () => screens.close().then(() => slow.close()) });
  const screen = keep(startTestScreen(slow.url, plainBranch));
  await waitUntil('it is connected', () => screen.state().link === 'live');
  for (const link of slow.links()) link.freeze();
  // The same people are called again and again: as fast as it goes, far beyond what any hall does.
  let state = branch.hall;
  let sent = 0;
  const rssBefore = process.memoryUsage().rss;
  const startedAt = performance.now();
  await waitUntil(
    'it is cut off',
    () => {
      for (let count = 0; count < 200; count++) {
        const draft = draftOf(state);
        const changes = noChanges();
        const { recentCalls } = state;
        const [call] = recentCalls;
        if (!call) throw new Error('nobody was called');
        const event = {
          type: 'ticket.recalled',
          data: { ticketId: call.ticketId, number: call.number, serviceId: call.serviceId, counterId: call.counterId },
          version: state.version + 1,
          at: Date.now(),
          commandId: call.ticketId as string,
          actor: { kind: 'system' },
        } as HallEvent;
        noteChange(changes, event, draft);
        applyTo(draft, event);
        state = draft;
        screens.follow(state, changes);
        sent += 1;
      }
      return screens.connected() === 0;
    },
    { withinMs: 30_000, everyMs: 2 },
  );
  const grewMb = (process.memoryUsage().rss - rssBefore) / 1_048_576;
  figures.push(
    `a hanging screen was cut off after ${Math.round(performance.now() - startedAt)} ms and ${sent} messages; ` +
      `memory grew by ${Math.round(grewMb)} MB`,
  );
  for (const link of slow.links()) link.thaw();
  await waitUntil('it is back and right', () => isDeepStrictEqual(new Map(screen.entries()), viewOf('board', state)), {
    withinMs: 30_000,
  });
}, 90_000);

test.each([
  ['a page of another host', { extraHeaders: { origin: 'http://evil.example' } }, undefined],
  ['a page without a host', { extraHeaders: { origin: 'null' } }, undefined],
  ['polling', { transports: ['polling'] }, undefined],
  ['no audience', {}, {}],
  ['an audience that there is not', {}, { audience: 'everything', branchId: plainBranch }],
  ['more than a screen says', {}, { audience: 'board', branchId: plainBranch, room: 'another/floor' }],
  ['a branch that there is not', {}, { audience: 'board', branchId: 'another' }],
  ['an id that is none', {}, { audience: 'board', branchId: '../{b:plain}' }],
  ['the floor without a session', {}, { audience: 'floor', branchId: plainBranch }],
  [
    'the floor with a session that there is not',
    { extraHeaders: { cookie: 'antrean-session=nobody' } },
    { audience: 'floor', branchId: plainBranch },
  ],
] as const)('refused: %s', async (_what, options, auth) => {
  expect(await outcomeOf(stranger(options, auth))).not.toBe('connected');
  refusals += 1;
});

test('the floor is for the staff of the branch, the board for everybody of this host', async () => {
  expect(await outcomeOf(stranger({ extraHeaders: { origin: address() } }))).toBe('connected');
  const floor = { audience: 'floor', branchId: plainBranch };
  expect(await outcomeOf(stranger({ extraHeaders: manager.headers }, floor))).toBe('connected');
  await hall.sql`insert into branch (id) select 'other' where not exists (select from branch where id = 'other')`.catch(
    () => {},
  );
  const password = await createStaff(hall.sql, {
    login: 'elsewhere',
    displayName: 'Elsewhere',
    role: 'agent',
    branchId: plainBranch,
  });
  const agent = await signIn(address(), plainBranch, 'elsewhere', password);
  expect(await outcomeOf(stranger({ extraHeaders: agent.headers }, floor))).toBe('connected');
  expect(await outcomeOf(stranger({ extraHeaders: agent.headers }, { ...floor, branchId: 'other' }))).not.toBe(
    'connected',
  );
});

test('what no screen says cuts off: unknown events, too many, and too long ones', async () => {
  const curious = stranger();
  await outcomeOf(curious);
  const first = cutOff(curious);
  for (const event of ['join', 'call-next', 'patch']) curious.emit(event, 'plain/floor');
  expect(await first).toBe('io server disconnect');
  const impatient = stranger();
  await outcomeOf(impatient);
  const second = cutOff(impatient);
  for (let count = 0; count < 30; count++) impatient.emit('resync');
  expect(await second).toBe('io server disconnect');
  const talkative = stranger();
  await outcomeOf(talkative);
  const third = cutOff(talkative);
  talkative.emit('resync', 'x'.repeat(10_000));
  expect(await third).toBe('transport close');
  refusals += 3;
  expect((await fetch(`${address()}/healthz`)).status).toBe(200);
});

test('[F48] a node that starts again has all its screens back, and right', async () => {
  const [old] = hall.nodes;
  const start = (port: number) =>
    startNode({
      databaseUrl: hall.databaseUrl,
      redisUrl: hall.redis.url,
      host: '127.0.0.1',
      port,
      seal: testSeal,
      log: createLog('fatal'),
      servesScreens: false,
    });
  let node = await start(0);
  const screens = Array.from({ length: 20 }, () => keep(startTestScreen(node.address, plainBranch)));
  await Promise.all(screens.map(rightWithin));
  await node.close();
  expect(old).toBeDefined();
  await callSomebody();
  await waitUntil('they say that they are cut off', () => screens.every((screen) => screen.state().link === 'lost'));
  node = await start(Number(new URL(node.address).port));
  const startedAt = performance.now();
  await Promise.all(screens.map(rightWithin));
  figures.push(
    `${screens.length} screens back and right ${Math.round(performance.now() - startedAt)} ms after a start`,
  );
  for (const thing of open.splice(0)) thing.close();
  await node.close();
});
