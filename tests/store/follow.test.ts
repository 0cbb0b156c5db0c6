import { keepDay } from '@antrean/server/jobs/keep-day.ts';
import { startNode } from '@antrean/server/node.ts';
import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId, CounterId } from '@antrean/shared/domain/ids.ts';
import { reachedAt } from '@antrean/shared/domain/local-time.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { hashEntries } from '@antrean/shared/views/entries.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainBranch, plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { testSeal } from '../harness/test-seal.ts';

const branchId = plainBranch as BranchId;
const [opens, closes] = ['08:00', '14:00'];
const everyDay = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, { opens, closes }]),
);
const blueprint: Blueprint = { ...plainHall, hours: { week: everyDay } };
let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2, blueprint });
  await openHall(hall.managers[0]!, 2);
  // The second node holds the branch from here on and follows it.
  await hall.nodes[1]!.halls.branch(branchId);
}, 120_000);
afterAll(() => hall.stop());

const stateOf = (node: number) => hall.nodes[node]!.halls.find(branchId)!.hall;
const isLevel = () => stateOf(0).version === stateOf(1).version;

test('[SAME-3] what one node commits, the other holds a moment later', async () => {
  for (let count = 0; count < 20; count++) {
    const issued = await hall.visitors[count % 2]!.post('/tickets', { serviceId: 'S-1' });
    expect(issued.status).toBe(201);
  }
  await waitUntil('both nodes hold the same', isLevel);
  expect([...stateOf(1).tickets.values()]).toEqual([...stateOf(0).tickets.values()]);
});

test('[SETUP-1] a changed set-up holds on every node, and a counter that is new can be opened', async () => {
  const counters = [...blueprint.counters, { id: 'C-99', number: 99, serves: { agencies: ['A'] } }];
  const report = await applyBlueprint(hall.sql, { ...blueprint, counters });
  expect(report.changed).toBe(true);
  await waitUntil('both nodes know the new revision', () =>
    [0, 1].every((node) => stateOf(node).setupRevision === report.revision),
  );
  const opened = await hall.managers[1]!.post('/counters/C-99/open', { agentId: 'late' });
  expect(opened.status).toBe(200);
  expect(hall.nodes[1]!.halls.find(branchId)!.setup.counters.has('C-99' as CounterId)).toBe(true);
  const again = await applyBlueprint(hall.sql, { ...blueprint, counters });
  expect(again).toMatchObject({ changed: false, revision: report.revision });
});

test('[SETUP-1] the very next command is decided with the new set-up, although the node has not heard of it yet', async () => {
  const counters = [...blueprint.counters, { id: 'C-98', number: 98, serves: { agencies: ['A'] } }];
  // The node has read the set-up of the test before, and has no reason of its own to read it again.
  await waitUntil('both nodes hold the same', isLevel);
  expect((await hall.visitors[0]!.post('/tickets', { serviceId: 'S-1' })).status).toBe(201);
  await applyBlueprint(hall.sql, { ...blueprint, counters });
  const opened = await hall.managers[0]!.post('/counters/C-98/open', { agentId: 'later' });
  expect(opened).toMatchObject({ status: 200 });
});

test('[DAY-5] the next business day is opened once, by whichever node is first, and the old one is closed', async () => {
  const date = businessDate(Date.now() + 24 * 60 * 60 * 1_000, blueprint.zone, blueprint.dayStartsAt);
  const tomorrow = reachedAt(Temporal.PlainDate.from(date), '09:00', blueprint.zone);
  await Promise.all(hall.nodes.map(({ halls }) => keepDay(halls, branchId, tomorrow)));
  const days = await hall.sql`select type from ticket_event where branch_id = ${branchId} and type like 'day.%'
    order by version`;
  expect(days.map(({ type }) => type)).toEqual(['day.opened', 'day.closed', 'day.opened']);
  await waitUntil('both nodes hold the same', isLevel);
  expect(stateOf(1).tickets.size).toBe(0);
});

test('[SAME-3] a fresh node folds today alone and shows exactly what the others show', async () => {
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-2' });
  const fresh = await startNode({
    databaseUrl: hall.databaseUrl,
    redisUrl: hall.redis.url,
    host: '127.0.0.1',
    port: 0,
    seal: testSeal,
    log: createLog('fatal'),
    servesScreens: false,
  });
  try {
    const { hall: state } = await fresh.halls.branch(branchId);
    await waitUntil('all nodes hold the same', () => isLevel() && state.version === stateOf(0).version);
    for (const audience of ['board', 'floor'] as const) {
      expect(hashEntries(viewOf(audience, state))).toBe(hashEntries(viewOf(audience, stateOf(0))));
    }
    expect(state.setupRevision).toBe(stateOf(0).setupRevision);
  } finally {
    await fresh.close();
  }
  await expectSound(hall);
});

test('[LIVE-1] without Redis the other node follows the ledger itself', async () => {
  const alone = await startTestHall({ nodeCount: 2, redisUrl: 'redis://127.0.0.1:1' });
  try {
    await openHall(alone.managers[0]!, 1);
    const other = await alone.nodes[1]!.halls.branch(branchId);
    const issued = await alone.visitors[0]!.post('/tickets', { serviceId: 'S-3' });
    expect(issued.status).toBe(201);
    await waitUntil('the other node holds it', () => other.hall.tickets.size === 1);
    const called = await alone.managers[1]!.post('/counters/C-1/call-next');
    expect(called.status).toBe(200);
  } finally {
    await alone.stop();
  }
});
