import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOf, type Api } from '../harness/api.ts';
import { twoAgencies } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestScreen, type TestScreen } from '../harness/test-screen.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
const people: Record<string, { api: Api; screen: TestScreen }> = {};
beforeAll(async () => {
  hall = await startTestHall({ blueprint: twoAgencies });
  const address = hall.nodes[0]!.address;
  await hall.managers[0]!.post('/day/open');
  for (const [login, agencyId] of [
    ['ana', 'A'],
    ['beni', 'B'],
    ['wira', null],
  ] as const) {
    const cookie = await signedIn(hall.sql, address, { login, role: 'agent', branchId: hall.branchId, agencyId });
    people[login] = {
      api: apiOf(address, hall.branchId, { cookie }),
      screen: startTestScreen(address, hall.branchId, { audience: 'floor', headers: { cookie } }),
    };
  }
});
afterAll(async () => {
  for (const { screen } of Object.values(people)) screen.close();
  await hall?.stop();
});

const keysOf = (login: string, kinds = /^(totals|desk|visit|undo|aside)/): string[] =>
  [...people[login]!.screen.entries().keys()].filter((key) => kinds.test(key)).toSorted();

/** How many wait for agency B's service, as somebody's screen has it: the last thing to happen. */
const lineOfB = (login: string): number | undefined =>
  (people[login]!.screen.entries().get('line/S-B') as { waiting: number } | undefined)?.waiting;

const issue = async (serviceId: string): Promise<string> => {
  const { body } = await hall.visitors[0]!.post('/tickets', { serviceId });
  return (body.ticket as { id: string }).id;
};

test('[ALLOW-4] staff of one agency see their own desks and visitors; the board is everybody’s', async () => {
  const { ana, beni } = people;
  expect((await ana!.api.post('/counters/C-1/open')).status).toBe(200);
  expect((await beni!.api.post('/counters/C-B/open')).status).toBe(200);
  expect((await people.wira!.api.post('/counters/C-AB/open')).status).toBe(200);
  const [ofA, ofB] = [await issue('S-0'), await issue('S-B')];
  expect((await ana!.api.post(`/tickets/${ofA}/hold`, { reason: 'a copy', minutes: 5 })).status).toBe(200);
  expect((await beni!.api.post('/counters/C-B/call-next')).status).toBe(200);
  expect((await beni!.api.post(`/tickets/${ofB}/note`, { note: 'needs a chair' })).status).toBe(200);
  await issue('S-0');
  await issue('S-B');
  await waitUntil('all screens show what whoever works for all sees', () =>
    ['ana', 'beni', 'wira'].every((login) => lineOfB(login) === 1),
  );
  expect(keysOf('wira')).toEqual(
    [`aside/${ofA}`, 'desk/C-1', 'desk/C-AB', 'desk/C-B', 'totals', 'undo/C-B', 'visit/C-B'].toSorted(),
  );
  expect(keysOf('ana')).toEqual([`aside/${ofA}`, 'desk/C-1']);
  expect(keysOf('beni')).toEqual(['desk/C-B', 'undo/C-B', 'visit/C-B']);
  expect(keysOf('ana', /^(line|call|counter|day)/)).toEqual(keysOf('wira', /^(line|call|counter|day)/));
  expect(JSON.stringify([...people.ana!.screen.entries()])).not.toContain('needs a chair');
});

test('[PAPER-11] a number is found as people type it, today, and within the agency of whoever asks', async () => {
  const id = await issue('S-B');
  const { number } = (await people.wira!.api.get(`/tickets/${id}`)).body as { number: string };
  const typed = number.toLowerCase().replace(/0+(?=\d)/, '');
  for (const asked of [number, typed]) {
    expect(await people.beni!.api.get(`/numbers/${asked}`)).toMatchObject({ status: 200, body: { id, number } });
  }
  const foreign = await people.ana!.api.get(`/numbers/${number}`);
  expect([foreign.status, foreign.body.code]).toEqual([403, 'OTHER_AGENCY']);
  const none = await people.wira!.api.get('/numbers/Z9999');
  expect([none.status, none.body.code]).toEqual([404, 'TICKET_UNKNOWN']);
  expect((await hall.visitors[0]!.get(`/numbers/${number}`)).status).toBe(401);
});

test('[ALLOW-4] another set-up gives and takes with the next heartbeat', async () => {
  await applyBlueprint(hall.sql, {
    ...twoAgencies,
    counters: twoAgencies.counters.map((counter) =>
      counter.id === 'C-AB' ? { ...counter, serves: { agencies: ['B'] } } : counter,
    ),
  });
  await waitUntil('B has the counter that both shared', () => keysOf('beni').includes('desk/C-AB'));
  expect(keysOf('ana')).not.toContain('desk/C-AB');
});

test('[ALLOW-4] whose account gets another agency loses the screen of the old one within two seconds', async () => {
  const cutOff = new Promise((resolve) => people.ana!.screen.socket.once('disconnect', resolve));
  const since = performance.now();
  await hall.sql`update staff set agency_id = 'B' where id = 'ana'`;
  await cutOff;
  expect(performance.now() - since).toBeLessThan(2_500);
  await waitUntil('the screen is back with what is B’s', () => keysOf('ana').includes('desk/C-B'));
  expect(keysOf('ana')).not.toContain('desk/C-1');
});
