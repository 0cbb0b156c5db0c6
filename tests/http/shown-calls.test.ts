import type { ShownCall, TvState } from '@antrean/shared/protocol/shown-calls.ts';
import { afterAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { startTestScreen, type TestScreen } from '../harness/test-screen.ts';
import { waitUntil } from '../harness/wait-until.ts';

const hall = await startTestHall({ nodeCount: 2 });
afterAll(() => hall.stop());
const [manager] = hall.managers;
await openHall(manager!, 2);
const screens: TestScreen[] = [];
afterAll(() => screens.forEach((screen) => screen.close()));

const follow = (node: number, audience: 'board' | 'floor'): TestScreen => {
  const headers = audience === 'floor' ? hall.managers[node]!.headers : {};
  const screen = startTestScreen(hall.nodes[node]!.address, hall.branchId, { audience, headers });
  screens.push(screen);
  return screen;
};
/** What staff at a node were told last. */
const told: (readonly ShownCall[])[] = [[], []];
for (const node of [0, 1]) {
  follow(node, 'floor').socket.on('shown', (calls: readonly ShownCall[]) => (told[node] = calls));
}
const call = async (): Promise<{ ticketId: string; calledAt: number }> => {
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-1' });
  const { body } = await manager!.post('/counters/C-1/call-next');
  return { ticketId: (body.ticket as { id: string }).id, calledAt: Number(body.at) };
};
const state = (counterIds: string[] | null, ...calls: TvState['calls']): TvState => ({ counterIds, calls });
const both = (expected: object) =>
  waitUntil(`staff at both nodes are told ${JSON.stringify(expected)}`, () => {
    for (const calls of told) expect(calls).toMatchObject([expected]);
    return true;
  });

test('[SHOW-9] staff at each node are told on how many TVs of all nodes a call is, and of one that has gone', async () => {
  const [here, there, elsewhere] = [follow(0, 'board'), follow(1, 'board'), follow(1, 'board')];
  for (const { state } of [here, there, elsewhere]) await waitUntil('it follows', () => state().held !== null);
  here.socket.emit('shows', state(null));
  there.socket.emit('shows', state(['C-1']));
  elsewhere.socket.emit('shows', state(['C-2']));
  const { ticketId, calledAt } = await call();
  await both({ ticketId, calledAt, shown: 0, announced: 0, of: 2 });
  here.socket.emit('shows', state(null, { ticketId, calledAt, isAnnounced: false }));
  await both({ shown: 1, announced: 0, of: 2 });
  there.socket.emit('shows', state(['C-1'], { ticketId, calledAt, isAnnounced: true }));
  await both({ shown: 2, announced: 1, of: 2 });
  there.close();
  await both({ shown: 1, announced: 0, of: 1 });
  // Another call is another matter.
  const next = await call();
  await both({ ...next, shown: 0, of: 1 });
  const late = follow(1, 'floor');
  let first: readonly ShownCall[] | null = null;
  late.socket.on('shown', (calls: readonly ShownCall[]) => (first ??= calls));
  await waitUntil('who comes late is told at once', () => first !== null);
  expect(first).toMatchObject([{ ...next, shown: 0, of: 1 }]);
});

test('[SHOW-9] [S13] a screen that says what no TV says of itself is not heard, and cut off the third time; staff cannot say it', async () => {
  const liar = follow(0, 'board');
  await waitUntil('it follows', () => liar.state().held !== null);
  let cut = 0;
  liar.socket.on('disconnect', () => (cut += 1));
  const { ticketId, calledAt } = await call();
  await both({ ticketId, shown: 0, of: 1 });
  for (const wrong of [null, { counterIds: null }, { ...state(null), more: 1 }]) liar.socket.emit('shows', wrong);
  await waitUntil('it is cut off', () => cut > 0);
  const staff = follow(0, 'floor');
  await waitUntil('it follows', () => staff.state().held !== null);
  staff.socket.emit('shows', state(null, { ticketId, calledAt, isAnnounced: true }));
  const tv = follow(0, 'board');
  await waitUntil('it follows', () => tv.state().held !== null);
  tv.socket.emit('shows', state(null));
  await both({ ticketId, shown: 0, of: 2 });
});
