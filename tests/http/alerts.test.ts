import { writeChanges } from '@antrean/server/alerts/write-changes.ts';
import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { AlertView } from '@antrean/shared/protocol/alerts.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { letIn } from '../harness/let-in.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestScreen, type TestScreen } from '../harness/test-screen.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

const rules = { ...plainHall.rules, alertWaiting: 3, alertDeviceSilentMinutes: 5 };
const blueprint = { ...plainHall, rules };

let hall: TestHall;
const screens: TestScreen[] = [];
/** What the managers at each node were told last. */
const told: (readonly AlertView[])[] = [];
beforeAll(async () => {
  hall = await startTestHall({ blueprint, nodeCount: 2 });
  await openHall(hall.managers[0]!, 1);
  hall.nodes.forEach(({ address }, node) => {
    const screen = startTestScreen(address, hall.branchId, {
      audience: 'floor',
      headers: hall.managers[node]!.headers,
    });
    screen.socket.on('alerts', (alerts: readonly AlertView[]) => (told[node] = alerts));
    screens.push(screen);
  });
  await tellsBoth([]);
});
afterAll(async () => {
  screens.forEach((screen) => screen.close());
  await hall?.stop();
});

const short = ({ kind, subject, worst, limit }: AlertView): string => `${kind}/${subject} ${worst}/${limit}`;
/** @returns after how long the managers at both nodes were told just this, ms */
const tellsBoth = (expected: readonly string[]): Promise<number> =>
  waitUntil(`both nodes tell ${expected.join(', ') || 'of nothing'}`, () => {
    expect([0, 1].map((node) => told[node]?.map(short))).toEqual([expected, expected]);
    return true;
  });

const path = (rest = '', node = 0): string => `${hall.nodes[node]!.address}/v1/branches/${hall.branchId}/alerts${rest}`;
const listed = async (query = ''): Promise<AlertView[]> => {
  const answer = await ask(path(query, 1), 'GET', { headers: hall.managers[1]!.headers });
  expect(answer.status, answer.text).toBe(200);
  return answer.body?.alerts as AlertView[];
};
const snooze = (id: string, minutes: unknown, headers = hall.managers[0]!.headers): Promise<Answer> =>
  ask(path(`/${id}/snooze`), 'POST', { headers, body: { minutes } });

const issued: string[] = [];
const issue = async (node = 0): Promise<void> => {
  const { status, body } = await hall.visitors[node]!.post('/tickets', { serviceId: 'S-1' });
  expect(status).toBe(201);
  issued.push((body.ticket as { id: string }).id);
};
const cancelAll = async (): Promise<void> => {
  for (const id of issued.splice(0)) await hall.managers[0]!.post(`/tickets/${id}/cancel`);
};

test('[ALERT-4] managers at every node are told of an alert and of its end within a second, and never ask', async () => {
  await issue();
  await issue(1);
  await issue();
  const raised = await tellsBoth(['waiting/ 3/3']);
  await issue(1);
  await tellsBoth(['waiting/ 4/3']);
  await cancelAll();
  const resolved = await tellsBoth([]);
  console.log(
    `both nodes told of an alert after ${Math.round(raised)} ms, of its end after ${Math.round(resolved)} ms`,
  );
  expect(Math.max(raised, resolved)).toBeLessThan(1_500);
});

test('[ALERT-4] what comes and goes at both nodes is one alert each time, one after another', async () => {
  const before = (await listed()).length;
  const times = 6;
  for (let time = 0; time < times; time++) {
    await Promise.all([issue(0), issue(1), issue(time % 2)]);
    await tellsBoth(['waiting/ 3/3']);
    await cancelAll();
    await tellsBoth([]);
  }
  const rows = await hall.sql<{ raised: Date; resolved: Date | null }[]>`
    select raised_at as raised, resolved_at as resolved from alert where kind = 'waiting' order by raised_at`;
  expect(rows).toHaveLength(before + times);
  rows.forEach(({ raised, resolved }, index) => {
    expect(resolved!.getTime()).toBeGreaterThan(raised.getTime());
    const next = rows[index + 1];
    if (next) expect(next.raised.getTime()).toBeGreaterThanOrEqual(resolved!.getTime());
  });
});

test('[ALERT-4] a node that is behind, early or late changes nothing', async () => {
  const [look] = await hall.sql<{ epoch: string; version: number; at: number }[]>`
    select epoch, version::int as version, (extract(epoch from at) * 1000)::bigint::float8 as at
    from alert_look where branch_id = ${hall.branchId}`;
  const { epoch, version, at } = look!;
  const raise = (from: { version?: number; at?: number }): Promise<boolean> =>
    writeChanges(
      hall.sql,
      { branchId: hall.branchId as BranchId, epoch, version, at, date: '2026-03-02', channels: [], ...from },
      { raised: [{ kind: 'serving-long', subject: 'C-9', value: 9, limit: 8 }], worse: [], resolved: [] },
    );
  const isWritten = async (): Promise<boolean> =>
    (await hall.sql`select from alert where subject = 'C-9' and resolved_at is null`).length > 0;
  expect(await raise({ version: version - 1 })).toBe(false);
  expect(await raise({ at: at - 1 })).toBe(false);
  expect(await isWritten()).toBe(false);
  expect(await Promise.all([raise({}), raise({}), raise({ at: at + 1 })])).toContain(true);
  // Nobody is at that counter: the next look ends it.
  await waitUntil('it is over', async () => !(await isWritten()));
  const rows = await hall.sql`select from alert where subject = 'C-9'`;
  expect(rows).toHaveLength(1);
  await hall.sql`delete from alert where subject = 'C-9'`;
});

test('[ALERT-1] [ALERT-4] a device that is silent is told with its name and place, until it reports', async () => {
  const { address } = hall.nodes[0]!;
  const { cookie, device } = await letIn(address, hall.branchId, hall.managers[0]!.headers, {
    kind: 'display',
    name: 'Lobby west',
  });
  await hall.sql`update device set approved_at = now() - interval '9 minutes' where id = ${device.id}`;
  await tellsBoth([`device-silent/${device.id} 9/5`]);
  expect(told[1]).toMatchObject([{ name: 'Lobby west', area: null, resolvedAt: null, snoozedUntil: null }]);
  const body = { version: 1, width: 1920, height: 1080, sound: 'none' };
  expect((await ask(`${address}/v1/device/health`, 'POST', { headers: { cookie }, body })).status).toBe(200);
  await tellsBoth([]);
  await hall.sql`update device set seen_at = now() - interval '6 minutes' where id = ${device.id}`;
  await tellsBoth([`device-silent/${device.id} 6/5`]);
  const revoked = await ask(`${address}/v1/branches/${hall.branchId}/devices/${device.id}/revoke`, 'POST', {
    headers: hall.managers[0]!.headers,
    body: {},
  });
  expect(revoked.status, revoked.text).toBe(204);
  await tellsBoth([]);
});

test('[ALERT-5] an alert is put off for all, by whom is told and noted, and what is over cannot be', async () => {
  await issue();
  await issue();
  await issue();
  await tellsBoth(['waiting/ 3/3']);
  const { id } = told[0]![0]!;
  for (const wrong of [0, 481, 1.5, '15', null]) expectProblem(await snooze(id, wrong), 400, 'INVALID');
  const before = Date.now();
  const answer = await snooze(id, 15);
  expect(answer.status, answer.text).toBe(200);
  const alert = answer.body as unknown as AlertView;
  expect(Math.abs(Number(alert.snoozedUntil) - before - 15 * 60_000)).toBeLessThan(10_000);
  await waitUntil('both nodes tell of it', () =>
    [0, 1].every((node) => told[node]?.[0]?.snoozedUntil === alert.snoozedUntil),
  );
  expect(told[1]?.[0]?.snoozedBy).toBe(alert.snoozedBy);
  const [noted] = await hall.sql`
    select by, subject, after from audit_entry where action = 'alert.snoozed' order by seq desc limit 1`;
  expect(noted).toMatchObject({ by: alert.snoozedBy, subject: id, after: { minutes: 15 } });
  // A later one replaces it.
  expect(Number((await snooze(id, 60)).body?.snoozedUntil)).toBeGreaterThan(Number(alert.snoozedUntil));

  await cancelAll();
  await tellsBoth([]);
  expectProblem(await snooze(id, 15), 404, 'ALERT_OVER');
  expectProblem(await snooze('00000000-0000-4000-8000-000000000000', 15), 404, 'ALERT_OVER');
  const [count] = await hall.sql`select count(*)::int as count from audit_entry where action = 'alert.snoozed'`;
  expect(count?.count).toBe(2);
});

test('[ALERT-5] the alerts of a day are listed, what stands first; another day has its own', async () => {
  await issue();
  await issue();
  await issue();
  await tellsBoth(['waiting/ 3/3']);
  const alerts = await listed();
  expect(alerts[0]).toMatchObject({ kind: 'waiting', resolvedAt: null, snoozedUntil: null });
  expect(alerts.slice(1).every(({ resolvedAt }) => resolvedAt !== null)).toBe(true);
  const ofOver = alerts.slice(1).map(({ raisedAt }) => raisedAt);
  expect(ofOver).toEqual(ofOver.toSorted((a, b) => b - a));
  expect(ofOver.length).toBeGreaterThan(5);
  expect(await listed('?date=2020-01-01')).toEqual([]);
  for (const wrong of ['?date=0000-01-01', '?date=today', '?from=2020-01-01']) {
    const { status } = await ask(path(wrong), 'GET', { headers: hall.managers[0]!.headers });
    expect([400, 404], wrong).toContain(status);
  }
});

test('[ALERT-4] only who may see alerts is told them, and from when they may no more, nothing', async () => {
  const agent = await signedIn(hall.sql, hall.nodes[0]!.address, { login: 'ani', role: 'agent', branchId: null });
  const seen: string[] = [];
  for (const headers of [{ cookie: agent }, {}]) {
    const screen = startTestScreen(hall.nodes[0]!.address, hall.branchId, {
      audience: headers.cookie ? 'floor' : 'board',
      headers,
    });
    screens.push(screen);
    screen.socket.onAny((event: string) => seen.push(event));
    await waitUntil('it follows', () => screen.state().held !== null);
  }
  await cancelAll();
  await tellsBoth([]);
  await waitUntil('they were told of the line', () => seen.filter((event) => event === 'patch').length >= 2);
  expect(seen).not.toContain('alerts');
  expectProblem(await ask(path(), 'GET', { headers: { cookie: agent } }), 403, 'NOT_ALLOWED');
});

test('[ALERT-2] a limit that is taken out of the rules, and the end of the day, end what stands', async () => {
  await issue();
  await issue();
  await issue();
  await tellsBoth(['waiting/ 3/3']);
  await applyBlueprint(hall.sql, { ...blueprint, rules: { ...plainHall.rules, alertWaiting: 50 } }, hall.nodes[0]!);
  await tellsBoth([]);
  await applyBlueprint(hall.sql, { ...blueprint, rules: { ...plainHall.rules, alertWaiting: 2 } }, hall.nodes[0]!);
  await tellsBoth(['waiting/ 3/2']);
  expect((await hall.managers[0]!.post('/day/close')).status).toBe(200);
  await tellsBoth([]);
});
