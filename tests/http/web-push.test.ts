import { isPushService } from '@antrean/server/notify/push-services.ts';
import { eraseDue } from '@antrean/server/visitors/erase-due.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startPushService, type TestPushService } from '../harness/push-service.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { ask, expectProblem } from './ask.ts';

let service: TestPushService;
let hall: TestHall;
let manager: Api;

const blueprint = { ...plainHall, rules: { ...plainHall.rules, webPush: true } };
const publicUrl = new URL('https://queue.example.org');

beforeAll(async () => {
  service = await startPushService();
  hall = await startTestHall({ blueprint, nodeCount: 2, publicUrl, otherPushService: service });
  manager = hall.managers[0]!;
  await openHall(manager, 2);
});
afterAll(async () => {
  await hall?.stop();
  await service?.close();
});

const visit = async (): Promise<{ link: string; number: string }> => {
  const { body } = await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' });
  return { link: String(body.link), number: (body.ticket as { number: string }).number };
};
const at = (link: string, address = manager.address): string => `${address}/v1/visits/${link}/push`;
const turnOn = (link: string, subscription = service.subscription, language = 'en') =>
  ask(at(link), 'POST', { body: { subscription, language } });
const kept = async (): Promise<number> => (await hall.sql`select from visitor_push`).length;
const delivered = (count: number) =>
  waitUntil(`${count} messages`, () => service.delivered.length === count, { withinMs: 20_000 });
/** Only what comes later could show that nothing was sent twice or for nothing. */
const nothingBut = async (count: number): Promise<void> => {
  const { link } = await visit();
  expect((await turnOn(link)).status).toBe(204);
  expect((await manager.post('/counters/C-2/call-next')).status).toBe(200);
  await delivered(count + 1);
};

test('[PUSH-1] [PUSH-2] the phone is told of the call and of its repetition, once by two nodes, sealed for it', async () => {
  const { link, number } = await visit();
  expect((await turnOn(link, service.subscription, 'id')).status).toBe(204);
  const [row] = await hall.sql<{ subscription: string }[]>`select subscription from visitor_push`;
  expect(row?.subscription).not.toContain(service.host);
  await manager.post('/counters/C-1/call-next');
  await delivered(1);
  expect(service.delivered[0]).toMatchObject({
    message: { title: `${number} · Loket 1`, body: expect.stringContaining('Giliran'), language: 'id', link },
    ttl: 90,
    urgency: 'high',
    authorization: expect.stringMatching(/^vapid t=/),
  });
  expect((await manager.post('/counters/C-1/recall')).status).toBe(200);
  await delivered(2);
  // At the desk nobody is called any more.
  await manager.post('/counters/C-1/start');
  await nothingBut(2);
  await manager.post('/counters/C-1/finish');
});

test('[PUSH-2] a node that takes the job before it has heard of the call tells the phone all the same', async () => {
  const before = service.delivered.length;
  // What the feed says does not reach the other node: it learns of calls from the ledger alone, when it looks.
  const deaf = await hall.nodes[1]!.halls.branch(hall.branchId as BranchId);
  Object.assign(deaf, { take: () => {} });
  try {
    // Either node may take a job; that one of them takes none of ten is nothing to wait for.
    for (let count = 1; count <= 10; count++) {
      const { link } = await visit();
      await turnOn(link);
      await manager.post('/counters/C-1/call-next');
      await delivered(before + count);
      await manager.post('/counters/C-1/start');
      await manager.post('/counters/C-1/finish');
    }
  } finally {
    Reflect.deleteProperty(deaf, 'take');
  }
}, 60_000);

test('[PUSH-2] what its service cannot take now is sent again; a phone that takes no more is forgotten', async () => {
  const before = service.delivered.length;
  await hall.sql`delete from visitor_push`;
  const { link } = await visit();
  await turnOn(link);
  service.answers.push(503);
  await manager.post('/counters/C-1/call-next');
  await delivered(before + 2);
  expect(await kept()).toBe(1);
  service.answers.push(410);
  await manager.post('/counters/C-1/recall');
  await delivered(before + 3);
  await waitUntil('the phone is forgotten', async () => (await kept()) === 0);
  await manager.post('/counters/C-1/start');
  await manager.post('/counters/C-1/finish');
});

test('[PUSH-1] it is turned off by the visitor, ends with the day, and a hall without the rule has none', async () => {
  const { link, number } = await visit();
  await turnOn(link);
  expect((await ask(at(link), 'DELETE')).status).toBe(204);
  expect(await kept()).toBe(0);
  await turnOn(link);
  const [row] = await hall.sql<{ hours: number }[]>`
    select extract(epoch from erase_after - now())::float8 / 3600 as hours from visitor_push`;
  expect(row!.hours).toBeGreaterThan(0);
  expect(row!.hours).toBeLessThanOrEqual(24);
  await hall.sql`update visitor_push set erase_after = now()`;
  await eraseDue(hall.sql);
  expect(await kept()).toBe(0);
  const [ticket] = await hall.sql<{ id: string }[]>`select id from ticket where number = ${number}`;
  await manager.post(`/tickets/${ticket!.id}/cancel`);
  expectProblem(await turnOn(link), 409, 'ACTION_NOT_ALLOWED');
  expectProblem(await turnOn('A'.repeat(22)), 404, 'VISIT_UNKNOWN');
  expect(await kept()).toBe(0);
  const plain = await startTestHall({ publicUrl });
  try {
    await openHall(plain.managers[0]!, 1);
    const { body } = await plain.visitors[0]!.post('/tickets', { serviceId: 'S-0' });
    const without = await ask(at(String(body.link), plain.nodes[0]!.address), 'POST', {
      body: { subscription: service.subscription, language: 'en' },
    });
    expectProblem(without, 409, 'NO_PUSH');
  } finally {
    await plain.stop();
  }
});

test('[PUSH-1] this server speaks to services of browsers alone, whatever a visitor says', async () => {
  const { link } = await visit();
  const from = (endpoint: string) => turnOn(link, { ...service.subscription, endpoint });
  for (const endpoint of ['https://127.0.0.1/x', 'http://fcm.googleapis.com/x', 'file:///etc/passwd', 'x', '']) {
    expectProblem(await from(endpoint), 409, 'PUSH_SERVICE_UNKNOWN');
  }
  for (const wrong of [
    'https://evilfcm.googleapis.com.example.org/x',
    'https://evil-fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://me@fcm.googleapis.com/x',
    'https://fcm.googleapis.com@10.0.0.1/x',
  ]) {
    expect(isPushService(wrong), wrong).toBe(false);
  }
  for (const right of [
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://web.push.apple.com/x',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
  ]) {
    expect(isPushService(right), right).toBe(true);
  }
});
