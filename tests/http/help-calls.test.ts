import { randomUUID } from 'node:crypto';
import type { HelpCalls } from '@antrean/shared/protocol/help.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { startTestScreen } from '../harness/test-screen.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask } from './ask.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let path: string;
let kiosk: string;
let kioskId: string;
let walker: string;

beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  path = `${hall.nodes[0]!.address}/v1/branches/${hall.branchId}/help-calls`;
  const { cookie, device } = await letIn(hall.nodes[0]!.address, hall.branchId, hall.managers[0]!.headers, {
    kind: 'kiosk',
    name: 'By the entrance',
  });
  kiosk = cookie;
  kioskId = device.id;
  walker = await signedIn(hall.sql, hall.nodes[0]!.address, { login: 'wati', role: 'floor-walker', branchId: null });
});
afterAll(() => hall?.stop());

const call = (cookie?: string, address = path): Promise<Answer> =>
  ask(address, 'POST', { ...(cookie && { headers: { cookie } }), body: {} });
const shown = async (address = path): Promise<Record<string, unknown>[]> => {
  const answer = await ask(address, 'GET', { headers: { cookie: walker } });
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as { calls: Record<string, unknown>[] }).calls;
};
const answerCall = (place: string): Promise<Answer> =>
  ask(`${path}/${place}/answer`, 'POST', { headers: { cookie: walker }, body: {} });
/** As if the calls of the hall had been made, and answered, so much earlier. */
const earlier = (minutes: number) => hall.sql`
  update help_call set called_at = called_at - ${minutes} * interval '1 minute',
    answered_at = answered_at - ${minutes} * interval '1 minute'`;

test('[HELP-1] [HELP-2] a kiosk calls once until somebody has answered; staff see which on every node, and it hears of the answer', async () => {
  expect(await shown()).toEqual([]);
  const first = await call(kiosk);
  expect([first.status, first.body?.answeredAt]).toEqual([200, null]);
  expect(Math.abs(Number(first.body?.calledAt) - Date.now())).toBeLessThan(10_000);
  expect((await call(kiosk)).body).toEqual(first.body);
  const other = `${hall.nodes[1]!.address}/v1/branches/${hall.branchId}/help-calls`;
  for (const address of [path, other]) {
    expect(await shown(address)).toEqual([
      {
        place: kioskId,
        name: 'By the entrance',
        area: null,
        calledAt: first.body?.calledAt,
        calledBy: null,
        answeredBy: null,
      },
    ]);
  }
  expect((await answerCall(kioskId)).status).toBe(204);
  expect(await shown(other)).toEqual([]);
  const answered = await call(kiosk);
  expect(answered.body?.calledAt).toBe(first.body?.calledAt);
  expect(answered.body?.answeredAt).toBeGreaterThan(Number(first.body?.calledAt));
  // Who is second to answer changes nothing.
  expect((await answerCall(kioskId)).status).toBe(204);
  expect((await call(kiosk)).body).toEqual(answered.body);

  await earlier(2);
  const next = await call(kiosk);
  expect(next.body?.answeredAt).toBeNull();
  expect(Number(next.body?.calledAt)).toBeGreaterThan(Number(answered.body?.calledAt));
  const [events] = await hall.sql`select count(*)::int as count from ticket_event where type like 'help%'`;
  expect(events?.count).toBe(0);
});

test('[HELP-1] a call that nobody has answered for half an hour is over, and the kiosk may call anew', async () => {
  await earlier(29);
  expect(await shown()).toHaveLength(1);
  await earlier(2);
  expect(await shown()).toEqual([]);
  const anew = await call(kiosk);
  expect(Math.abs(Number(anew.body?.calledAt) - Date.now())).toBeLessThan(10_000);
  expect(await shown()).toHaveLength(1);
});

test('[HELP-1] staff at every node are told who calls, once they have come and with each change, and never ask', async () => {
  const told: unknown[][] = [];
  const screens = hall.nodes.map(({ address }, index) => {
    const screen = startTestScreen(address, hall.branchId, { audience: 'floor', headers: { cookie: walker } });
    screen.socket.on('help', (calls: HelpCalls['calls']) => (told[index] = calls.map(({ place }) => place)));
    return screen;
  });
  /** @returns after how long both were told, ms */
  const toldOf = async (places: string[]): Promise<number> => {
    const since = Date.now();
    await expect.poll(() => told, { interval: 20, timeout: 5_000 }).toEqual([places, places]);
    return Date.now() - since;
  };
  await toldOf([kioskId]);
  await answerCall(kioskId);
  const answered = await toldOf([]);
  await earlier(2);
  await call(kiosk);
  const called = await toldOf([kioskId]);
  // Nobody makes or answers this change: the look of each second finds it.
  await earlier(31);
  const ended = await toldOf([]);
  console.log(`both nodes told of an answer after ${answered} ms, a call ${called} ms, an end ${ended} ms`);
  expect(Math.max(answered, called, ended)).toBeLessThan(2_000);
  await call(kiosk);
  await toldOf([kioskId]);
  // Who comes later is told the same at once.
  told[0] = [];
  screens[0]!.socket.io.engine.close();
  await toldOf([kioskId]);
  for (const { close } of screens) close();
});

test('[HELP-2] open screens have one call together, and a device that was taken back has none', async () => {
  const calls = await Promise.all(Array.from({ length: 20 }, () => call()));
  expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await shown()).map(({ place, name }) => [place, name])).toEqual([
    [kioskId, 'By the entrance'],
    ['open', null],
  ]);
  const revoked = await ask(
    `${hall.nodes[0]!.address}/v1/branches/${hall.branchId}/devices/${kioskId}/revoke`,
    'POST',
    {
      headers: hall.managers[0]!.headers,
      body: {},
    },
  );
  expect(revoked.status, revoked.text).toBe(204);
  expect((await shown()).map(({ place }) => place)).toEqual(['open']);
});

test('[DEVICE-5] where screens are not open, whoever was not let in calls nobody', async () => {
  await importBlueprint(hall.sql, { ...plainHall, branch: 'shut', rules: { ...plainHall.rules, openScreens: false } });
  const stranger = await call(undefined, `${hall.nodes[0]!.address}/v1/branches/shut/help-calls`);
  expect([stranger.status, stranger.body?.code]).toEqual([401, 'DEVICE_NEEDED']);
  const nowhere = await call(undefined, `${hall.nodes[0]!.address}/v1/branches/nowhere/help-calls`);
  expect([nowhere.status, nowhere.body?.code]).toEqual([404, 'BRANCH_UNKNOWN']);
});

test('[HELP-3] who works at a counter calls colleagues, sees who comes, and says that it is over; nobody else calls from there', async () => {
  const branch = `${hall.nodes[0]!.address}/v1/branches/${hall.branchId}`;
  const other = `${hall.nodes[1]!.address}/v1/branches/${hall.branchId}/help-calls`;
  const [rudi, sari] = await Promise.all(
    ['rudi', 'sari'].map((login) =>
      signedIn(hall.sql, hall.nodes[0]!.address, { login, role: 'agent', branchId: hall.branchId }),
    ),
  );
  const counterId = 'C-1';
  const post = (path: string, cookie: string, body: object = {}) =>
    ask(`${branch}${path}`, 'POST', { headers: { cookie }, body });
  const panic = (cookie: string, at = counterId) => post(`/counters/${at}/call-colleagues`, cookie);
  const go = (cookie: string) => post(`/help-calls/counter-${counterId}/answer`, cookie);
  const ofCounters = async () =>
    (await shown(other)).flatMap(({ place, calledBy, answeredBy }) =>
      calledBy ? [{ place, calledBy, answeredBy }] : [],
    );
  const standing = { place: `counter-${counterId}`, calledBy: 'rudi', answeredBy: null };

  expect([(await panic(rudi!)).body?.code, (await panic(rudi!, 'nowhere')).body?.code]).toEqual([
    'COUNTER_NOT_OPEN',
    'COUNTER_UNKNOWN',
  ]);
  await hall.managers[0]!.post('/day/open');
  expect((await post(`/counters/${counterId}/open`, rudi!, { commandId: randomUUID() })).status).toBe(200);
  expect([(await panic(sari!)).status, (await panic(sari!)).body?.code]).toEqual([403, 'NOT_YOUR_COUNTER']);
  expect(await ofCounters()).toEqual([]);

  // Pressed in a panic it is one call.
  expect(
    new Set((await Promise.all(Array.from({ length: 10 }, () => panic(rudi!)))).map(({ status }) => status)),
  ).toEqual(new Set([204]));
  expect(await ofCounters()).toEqual([standing]);
  await go(sari!);
  // Who comes second changes nothing.
  await go(walker);
  expect(await ofCounters()).toEqual([{ ...standing, answeredBy: 'sari' }]);
  // Called again, it is a new call.
  await panic(rudi!);
  expect(await ofCounters()).toEqual([standing]);
  await go(sari!);
  await go(rudi!);
  expect(await ofCounters()).toEqual([]);
  await panic(rudi!);
  await go(walker);
  await earlier(6);
  expect(await ofCounters()).toEqual([]);

  const noted =
    await hall.sql`select by, subject, count(*)::int from audit_entry where action = 'colleagues.called' group by 1, 2`;
  expect(noted.map((row) => ({ ...row }))).toEqual([{ by: 'rudi', subject: counterId, count: 3 }]);
  const [events] = await hall.sql`select count(*)::int as count from ticket_event where type like 'help%'`;
  expect(events?.count).toBe(0);
});
