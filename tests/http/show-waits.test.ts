import { readEvents } from '@antrean/server/ledger/read-events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { estimateWait, learnWait, nothingLearnt } from '@antrean/shared/domain/expected-wait.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';
import { observationsOf, situationOf } from '@antrean/shared/domain/observe-waits.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { expectedWaitView, type ExpectedWaitView } from '@antrean/shared/protocol/waits.ts';
import { waitRangeOf } from '@antrean/shared/views/wait-range.ts';
import { BoardWaits } from '@antrean/shared/protocol/screens.ts';
import { io } from 'socket.io-client';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';

const services = plainHall.services.map((service) => ({ ...service, standardMinutes: 6 }));
const branchId = plainHall.branch as BranchId;
let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2, blueprint: { ...plainHall, services } });
});
afterAll(() => hall.stop());

interface Shown {
  readonly at: number;
  readonly services: readonly { serviceId: string; waiting: number; expected?: ExpectedWaitView }[];
}

const waitsAt = async (node: number, query = ''): Promise<Shown> => {
  const { status, body } = await hall.visitors[node]!.get(`/waits${query}`);
  expect(status).toBe(200);
  return body as unknown as Shown;
};
const issue = async (): Promise<string> =>
  ((await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' })).body.ticket as { id: string }).id;

test('[WAIT-1] without a counter at work nothing is said; with one it is a range that says that it is thin', async () => {
  const none = await waitsAt(0);
  expect(none.services.map(({ serviceId }) => serviceId)).toEqual(plainHall.services.map(({ id }) => id));
  expect(none.services.every(({ expected }) => expected === undefined)).toBe(true);

  await openHall(hall.managers[0]!, 2);
  for (let count = 0; count < 5; count++) await issue();
  const [first] = (await waitsAt(0)).services;
  expect(first).toMatchObject({ serviceId: 'S-0', waiting: 5 });
  expect(first!.expected).toMatchObject({ thin: true, counters: 2, idle: 2, ahead: 5, serviceMs: 6 * 60_000 });
  expect(first!.expected!.p50Ms).toBeGreaterThan(60_000);
  expect(first!.expected!.p90Ms).toBeGreaterThan(first!.expected!.p50Ms);
});

test('[WAIT-4] what a node says is learnt from the ledger: the same as by folding it, on every node', async () => {
  const [manager] = hall.managers;
  for (let count = 0; count < 40; count++) {
    await issue();
    await manager!.post(`/counters/C-${1 + (count % 2)}/call-next`);
  }
  const [own, other] = hall.nodes.map(({ halls }) => halls);
  const { hall: newest } = await own!.branch(branchId);
  await waitUntil('the other node has heard of it all', async () => {
    const { hall: known } = await other!.branch(branchId);
    return known.version === newest.version;
  });
  const shown = await waitsAt(1);

  const setup = setupOfBlueprint({ ...plainHall, services });
  let state = emptyHall(branchId);
  let learnt = nothingLearnt(new Map(services.map(({ id }) => [id, 6 * 60_000])));
  for (const event of await readEvents(hall.sql, branchId, 0)) {
    for (const observation of observationsOf(event, state, setup)) learnt = learnWait(learnt, observation);
    state = evolve(state, event);
  }
  const said = shown.services.map(({ serviceId }) => {
    const asked = { serviceId: serviceId as ServiceId, priority: null, queuedAt: shown.at };
    const expected = estimateWait(learnt, situationOf(state, setup, asked, shown.at));
    return expected && expectedWaitView(expected);
  });
  expect(learnt.waits).toBeGreaterThan(20);
  expect(shown.services.map(({ expected }) => expected)).toEqual(said);
});

test('[WAIT-1] a waiting ticket has its own range, one that is called has none; a priority class waits less', async () => {
  const id = await issue();
  const [visitor] = hall.visitors;
  const { body } = await hall.managers[0]!.get(`/tickets/${id}`);
  const mine = body.expected as ExpectedWaitView;
  expect(mine).toMatchObject({ counters: 2, ahead: body.ahead });
  const [newcomer] = (await waitsAt(0)).services;
  expect(newcomer!.expected!.ahead).toBe(mine.ahead + 1);
  const [elderly] = (await waitsAt(0, '?priority=elderly')).services;
  expect(elderly!.expected!.ahead).toBeLessThan(newcomer!.expected!.ahead);
  expect((await visitor!.get('/waits?priority=king')).body).toMatchObject({ code: 'PRIORITY_UNKNOWN' });

  const called = await hall.managers[0]!.post('/counters/C-1/call', { ticketId: id, reason: 'asked for' });
  expect(called.status).toBe(200);
  expect((await hall.managers[0]!.get(`/tickets/${id}`)).body).not.toHaveProperty('expected');
});

test('[WAIT-5] a public screen is told at once how long newcomers wait, as ranges of five minutes', async () => {
  const follow = (audience: string): Promise<BoardWaits | null> =>
    new Promise((resolve) => {
      const socket = io(hall.nodes[0]!.address, { transports: ['websocket'], auth: { audience, branchId } });
      const end = (told: BoardWaits | null): void => {
        socket.disconnect();
        resolve(told);
      };
      socket.on('waits', end);
      // Whoever is told nothing with the first heartbeat is told nothing.
      socket.on('heartbeat', () => end(null));
    });
  // Too little is known: nothing is told.
  expect((await follow('board'))!.services).toEqual([]);
  for (let count = 0; count < 40; count++) await issue();
  for (let count = 0; count < 40; count++) {
    for (const act of ['call-next', 'start', 'finish']) await hall.managers[0]!.post(`/counters/C-1/${act}`);
  }
  for (let count = 0; count < 5; count++) await issue();
  const isKnown = ({ expected }: Shown['services'][number]): boolean => expected?.thin === false;
  let told: BoardWaits | null = null;
  const isTold = async (): Promise<boolean> => {
    told = await follow('board');
    return told !== null && told.services.length > 0;
  };
  await waitUntil('enough is known, and told', isTold, { withinMs: 30_000, everyMs: 1_000 });
  expect(Value.Check(BoardWaits, told)).toBe(true);
  const asked = await waitsAt(0);
  const known = asked.services.filter(isKnown);
  expect(known.length).toBeGreaterThan(0);
  expect(told!.services).toEqual(
    known.map(({ serviceId, expected }) => ({ id: serviceId, ...waitRangeOf(expected!) })),
  );
});

test.each([
  [0, 0, 5, 10],
  [1, 300_000, 5, 10],
  [300_001, 300_002, 10, 15],
  [540_000, 1_260_000, 10, 25],
])('[WAIT-5] %i ms to %i ms is said as %i to %i minutes', (p50Ms, p90Ms, from, to) => {
  expect(waitRangeOf({ p50Ms, p90Ms })).toEqual({ from, to });
});
