import type { SimulationView } from '@antrean/shared/protocol/simulate.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, apiOf, openHall, signIn } from '../harness/api.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { writePastDay } from '../harness/write-past-day.ts';
import { createStaff } from '@antrean/server/access/create-staff.ts';

let hall: TestHall;
let manager: Api;
let today: string;

/** Without an id of a command: it changes nothing. */
const simulate = async (api: Api, body: unknown, language = 'en') => {
  const response = await fetch(`${api.address}/v1/branches/${hall.branchId}/simulate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language, ...api.headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as SimulationView & { code?: string; message?: string };
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: answer };
};

const versionOf = async (): Promise<unknown> =>
  (await hall.sql`select version, hash from branch_head where branch_id = ${hall.branchId}`)[0];

beforeAll(async () => {
  hall = await startTestHall();
  manager = hall.managers[0]!;
  await openHall(manager, 0);
  // Three of each kind wait when the counter opens.
  for (const priority of [undefined, undefined, undefined, 'elderly', 'elderly', 'elderly']) {
    await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0', ...(priority && { priority }) });
  }
  await openHall(manager, 1);
  for (let count = 0; count < 6; count++) await manager.post('/counters/C-1/call-next');
  await manager.post('/counters/C-1/finish');
  const [row] = await hall.sql<[{ date: string }]>`
    select data->>'date' as date from ticket_event where branch_id = ${hall.branchId} and type = 'day.opened'`;
  today = row.date;
});
afterAll(() => hall?.stop());

describe('a day of the ledger', () => {
  test('[WHATIF-3] is compared by class and service, and nothing is written', async () => {
    const before = await versionOf();
    const { status, body } = await simulate(manager, {
      rules: { ratio: { normal: 2, priority: 1 } },
      priorities: [{ id: 'elderly', headStartMinutes: 0 }],
      targetMinutes: 1,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ date: today, revision: 1 });
    expect(body.asItWas.calls).toMatchObject({ 'head-start': 3, 'longest-wait': 3, ratio: 0 });
    expect(body.asItWas.total).toMatchObject({ called: 6, served: 6, left: 0, withinTarget: 1 });
    expect(body.sameRules.calls).toEqual(body.asItWas.calls);
    expect(body.otherRules.calls).toMatchObject({ ratio: 5, 'longest-wait': 1, 'head-start': 0 });
    expect(body.otherRules.byClass.map(({ priority, called }) => [priority, called])).toEqual([
      [null, 3],
      ['elderly', 3],
    ]);
    expect(body.otherRules.byService).toMatchObject([{ serviceId: 'S-0', called: 6 }]);
    expect(await versionOf()).toEqual(before);
    expect((await simulate(manager, { date: today, targetMinutes: 1 })).body.otherRules).toEqual(body.sameRules);
  });

  test('that there is none of is refused by its date', async () => {
    for (const [language, sentence] of [
      ['en', 'There are no tickets of 2020-01-06'],
      ['id', 'Tidak ada tiket pada 2020-01-06'],
    ]) {
      const { status, body } = await simulate(manager, { date: '2020-01-06' }, language);
      expect([status, body.code]).toEqual([404, 'DAY_UNKNOWN']);
      expect(body.message).toContain(sentence);
    }
  });
});

describe('rules that cannot be', () => {
  test.each([
    [{ rules: { callByMinutes: 0 } }, 'rules.callByMinutes: number 0 must be whole minutes, 1 to 1440'],
    [{ rules: { callByMinutes: 'soon' } }, 'rules.callByMinutes: string "soon" must be whole minutes'],
    [{ rules: { confirmsArrival: null } }, 'rules.confirmsArrival: "confirmsArrival" is missing: add true when'],
    [{ rules: { fairness: 1 } }, 'rules.fairness: "fairness" is not known here'],
    [{ rules: { ratio: { normal: 1 } } }, 'rules.ratio.priority: "priority" is missing: add a whole number of turns'],
    [{ priorities: [{ id: 'king', headStartMinutes: 5 }] }, 'priorities: there is no priority class "king"'],
    [
      { priorities: [{ id: 'elderly', headStartMinutes: -5 }] },
      'priorities.elderly.headStartMinutes: number -5 must be',
    ],
    [
      { rules: { skills: [{ counters: ['C-99'], of: { services: ['S-0'] }, laterMinutes: 5 }] } },
      'rules.skills.0.counters.0: there is no counter "C-99"',
    ],
    [{ rules: 7 }, 'a change of rules has `rules`, `priorities` or both'],
    [{ rules: {}, targetMinutes: 0 }, 'body/targetMinutes must be >= 1'],
    [{ date: 'yesterday' }, 'body/date must match format'],
    [{ speed: 3 }, 'body must NOT have additional properties'],
  ])('%j are refused in words', async (asked, words) => {
    const { status, body } = await simulate(manager, asked);
    expect([status, body.code], JSON.stringify(body)).toEqual([400, 'INVALID']);
    expect(body.message).toContain(words);
  });
});

test('only managers and administrators may ask, and only of their own branch', async () => {
  expect((await simulate(hall.visitors[0]!, {})).status).toBe(401);
  const { address } = hall.nodes[0]!;
  const accountOf = async (login: string, role: 'agent' | 'administrator', branchId: string | null) =>
    signIn(address, hall.branchId, login, await createStaff(hall.sql, { login, displayName: login, role, branchId }));
  expect((await simulate(await accountOf('ani', 'agent', hall.branchId), {})).status).toBe(403);
  expect((await simulate(await accountOf('chief', 'administrator', null), {})).status).toBe(200);
  const stranger = apiOf(address, 'nowhere', manager.headers);
  expect((await stranger.post('/simulate', {})).status).toBe(400);
});

test('a day of 2,000 visits: other work goes on meanwhile, and a second question waits its turn', async () => {
  await writePastDay(hall.sql, '2026-01-05', 2_000);
  const ask = () => simulate(manager, { date: '2026-01-05', rules: { ratio: { normal: 1, priority: 1 } } });
  expect((await ask()).body.asItWas.total).toMatchObject({ called: 2_000, meanMs: 60_000 });

  // Of the processor, not by the clock: other programs may take that away at any time.
  const usedMs = (since: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1_000;
  };
  let longestMs = 0;
  let last = process.cpuUsage();
  let isOver = false;
  const take = (): void => {
    longestMs = Math.max(longestMs, usedMs(last));
    last = process.cpuUsage();
    if (!isOver) setImmediate(take);
  };
  take();
  const cpu = process.cpuUsage();
  const [first, second] = await Promise.all([ask(), ask()]);
  isOver = true;
  console.log(
    `2,000 visits: ${usedMs(cpu).toFixed(0)} ms of processor, at most ${longestMs.toFixed(0)} ms at a stretch`,
  );
  // The test's own turns cost some of it.
  expect(usedMs(cpu)).toBeLessThan(2_000);
  expect(longestMs).toBeLessThan(150);
  expect([first.status, second.status].sort()).toEqual([200, 429]);
  const refused = first.status === 429 ? first : second;
  expect(refused.body.code).toBe('SIMULATION_UNDER_WAY');
  expect(refused.retryAfter).toBe('2');
  expect((first.status === 200 ? first : second).body.otherRules.total.called).toBe(2_000);
});
