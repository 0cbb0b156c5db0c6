import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall.stop());

test('the board is answered to whoever asks, entry by entry', async () => {
  const [manager, visitor] = [hall.managers[0]!, hall.visitors[0]!];
  await openHall(manager, 1);
  await visitor.post('/tickets', { serviceId: 'S-0' });

  const { status, body } = await visitor.get('/board');

  expect(status).toBe(200);
  const entries = new Map(body.entries as [string, unknown][]);
  expect(entries.get('day')).toMatchObject({ isOpen: true });
  expect(entries.get('counter/C-1')).toEqual({ status: 'open' });
  expect(entries.get('line/S-0')).toMatchObject({ waiting: 1 });
});

test('the board of a hall that there is not is a problem with its code', async () => {
  const response = await fetch(`${hall.nodes[0]?.address}/v1/branches/nowhere/board`);

  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'BRANCH_UNKNOWN' });
});
