import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ blueprint: { ...plainHall, rules: { ...plainHall.rules, appointments: {} } } });
  expect((await hall.managers[0]!.post('/day/open')).status).toBe(200);
});
afterAll(() => hall?.stop());

const issue = async (body: object): Promise<string> => {
  const answer = await hall.managers[0]!.post('/tickets', { serviceId: 'S-0', ...body });
  expect(answer.status).toBe(201);
  return (answer.body.ticket as { id: string }).id;
};
const aheadOf = async (id: string) => (await hall.managers[0]!.get(`/tickets/${id}`)).body.ahead;

/** A Redis in this process cannot die alone. */
const isInProcess = process.env.ANTREAN_TEST_REDIS === 'in-process';

test.skipIf(isInProcess)(
  '[ISSUE-3] [APPT-2] how many stand before a ticket is the same with Redis and without, over all classes and hours',
  async () => {
    const bookedFor = Date.now() + 60_000;
    const tickets = [
      await issue({}),
      await issue({ bookedFor }),
      await issue({ priority: 'elderly' }),
      await issue({ bookedFor, priority: 'elderly' }),
      await issue({}),
    ];
    const positions = () => Promise.all(tickets.map(aheadOf));
    const right = [0, 3, 1, 4, 2];
    await waitUntil('Redis has them in order', async () => JSON.stringify(await positions()) === JSON.stringify(right));
    await hall.redis.stop();
    expect(await positions()).toEqual(right);
  },
);
