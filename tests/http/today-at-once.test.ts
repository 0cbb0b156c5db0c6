import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { TodayView } from '@antrean/shared/protocol/dashboard.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  await openHall(hall.managers[0]!, 1);
});
afterAll(() => hall?.stop());

const today = async (node: number): Promise<TodayView> =>
  (await hall.managers[node]!.get('/today')).body as unknown as TodayView;
const versionAt = async (node: number): Promise<number> =>
  (await hall.nodes[node]!.halls.branch(hall.branchId as BranchId)).hall.version;

test('[TODAY-1] what has happened is in every answer, at each node, however many ask and however often', async () => {
  for (let joined = 1; joined <= 12; joined++) {
    const node = joined % 2;
    // Somebody else asks all the time, just before and just after.
    const before = today(node);
    const { status } = await hall.visitors[node]!.post('/tickets', { serviceId: 'S-1' });
    expect(status).toBe(201);
    const answers = await Promise.all([today(node), today(node), today(node)]);
    expect(answers.map(({ all }) => all.joined)).toEqual([joined, joined, joined]);
    const version = await versionAt(node);
    await waitUntil('the other node knows it', async () => (await versionAt(1 - node)) === version);
    expect((await today(1 - node)).all.joined).toBe(joined);
    await before;
  }
});

test('[TODAY-1] a hundred who ask at once are answered from one look or two', async () => {
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-1' });
  const answers = await Promise.all(Array.from({ length: 100 }, () => today(0)));
  expect(new Set(answers.map(({ at }) => at)).size).toBeLessThanOrEqual(2);
});
