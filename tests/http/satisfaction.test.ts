import { randomUUID } from 'node:crypto';
import { examineBranch } from '@antrean/server/doctor/examine.ts';
import { eraseDue } from '@antrean/server/visitors/erase-due.ts';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, openHall } from '../harness/api.ts';
import { plainHall, twoAgencies } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

const best = [4, 4, 4, 4, 4, 4, 4, 4, 4];
let hall: TestHall;
let manager: Api;
const blueprint = { ...twoAgencies, rules: { ...twoAgencies.rules, survey: 'skm' as const } };
const today = businessDate(Date.now(), blueprint.zone, blueprint.dayStartsAt);

beforeAll(async () => {
  hall = await startTestHall({ blueprint });
  manager = hall.managers[0]!;
  await openHall(manager, 1);
  expect((await manager.post('/counters/C-B/open', { agentId: 'agent-b' })).status).toBe(200);
});
afterAll(() => hall?.stop());

const take = async (serviceId = 'S-0', { visitors }: TestHall = hall): Promise<string> =>
  String((await visitors[0]!.post('/tickets', { serviceId })).body.link);

const serve = async (counter = 'C-1', api: Api = manager): Promise<void> => {
  for (const act of ['call-next', 'finish']) {
    const { status, body } = await api.post(`/counters/${counter}/${act}`);
    expect(status, JSON.stringify(body)).toBe(200);
  }
};
/** A visitor who came, was served and has the link. */
const served = async (serviceId = 'S-0', counter = 'C-1'): Promise<string> => {
  const link = await take(serviceId);
  await serve(counter);
  return link;
};
const rate = (link: string, stars: unknown): Promise<Answer> =>
  ask(`${manager.address}/v1/visits/${link}/rating`, 'POST', { body: { stars } });
const answer = (link: string, marks: unknown): Promise<Answer> =>
  ask(`${manager.address}/v1/visits/${link}/survey`, 'POST', { body: { marks } });
const show = (query = '', headers: Record<string, string> = manager.headers): Promise<Answer> =>
  ask(`${manager.address}/v1/branches/${hall.branchId}/satisfaction${query}`, 'GET', { headers });
const rows = () =>
  hall.sql<{ stars: number | null; u1: number | null; u9: number | null; linked: boolean; day: string }[]>`
    select stars, u1, u9, ticket_id is not null as linked, business_day::text as day from visit_answer order by stars, u1`;

test('[SURVEY-1] [SURVEY-2] who was served says how it was, once, and again in place of before', async () => {
  const waiting = await take();
  expectProblem(await rate(waiting, 5), 409, 'ACTION_NOT_ALLOWED');
  expectProblem(await answer(waiting, best), 409, 'ACTION_NOT_ALLOWED');
  await serve();
  expect((await ask(`${manager.address}/v1/visits/${waiting}`, 'GET')).body).toMatchObject({
    status: 'done',
    survey: 'skm',
  });
  for (const stars of [0, 6, 2.5, '5', null]) expectProblem(await rate(waiting, stars), 400, 'INVALID');
  for (const marks of [[], best.slice(1), [...best, 4], [0, ...best.slice(1)], [5, ...best.slice(1)]]) {
    expectProblem(await answer(waiting, marks), 400, 'INVALID');
  }
  expect(await rows()).toEqual([]);
  expect((await rate(waiting, 2)).status).toBe(204);
  expect((await answer(waiting, [1, ...best.slice(1)])).status).toBe(204);
  expect((await rate(waiting, 5)).status).toBe(204);
  expect([...(await rows())]).toEqual([{ stars: 5, u1: 1, u9: 4, linked: true, day: today }]);
  expect((await answer(waiting, best)).status).toBe(204);
  expect([...(await rows())]).toEqual([{ stars: 5, u1: 4, u9: 4, linked: true, day: today }]);
  // A guess rates nothing, and who left the line was not served.
  expectProblem(await rate('A'.repeat(22), 1), 404, 'VISIT_UNKNOWN');
  const left = await take();
  await ask(`${manager.address}/v1/visits/${left}/cancel`, 'POST', { body: { commandId: randomUUID() } });
  expectProblem(await rate(left, 1), 409, 'ACTION_NOT_ALLOWED');
  expect(await rows()).toHaveLength(1);
});

test('[SURVEY-3] when its day is over nothing tells any more which ticket said it, and the doctor says when something does', async () => {
  const link = await served();
  await rate(link, 3);
  const examined = async () => (await examineBranch({ sql: hall.sql as never }, hall.branchId as BranchId)).findings;
  await eraseDue(hall.sql as never);
  expect((await rows()).every(({ linked }) => linked)).toBe(true);
  const [row] = await hall.sql<{ hours: number }[]>`
    select max(extract(epoch from unlink_after - now()))::float8 / 3600 as hours from visit_answer`;
  expect(row!.hours).toBeGreaterThan(0);
  expect(row!.hours).toBeLessThanOrEqual(24);
  await hall.sql`update visit_answer set unlink_after = now() - interval '10 minutes'`;
  expect(await examined()).toMatchObject([{ invariant: 'I14' }]);
  await eraseDue(hall.sql as never);
  expect((await rows()).map(({ linked }) => linked)).toEqual([false, false]);
  expect(await examined()).toEqual([]);
  // Nothing in the row is an instant of the visit, and its id is of chance.
  const [text] = await hall.sql<
    { line: string }[]
  >`select (to_jsonb(a) - 'unlink_after')::text as line from visit_answer a`;
  expect(text!.line).not.toMatch(/\d\d:\d\d/);
});

test('[SURVEY-5] figures by service and period, with who could have answered, and none of few', async () => {
  await hall.sql`delete from visit_answer`;
  const [before] = ((await show()).body as { services: { id: string; served: number }[] }).services;
  expect(before).toMatchObject({ id: 'S-0', served: 2 });
  for (const stars of [5, 4, 4, 5, 3]) {
    const link = await served();
    await rate(link, stars);
    await answer(link, [stars - 1, ...best.slice(1)]);
  }
  await rate(await served('S-B', 'C-B'), 1);
  // An end that is taken back is none; finished once more it is one.
  await served();
  expect((await manager.post('/counters/C-1/undo')).status).toBe(200);
  expect((await show()).body).toMatchObject({ all: { served: 8 } });
  expect((await manager.post('/counters/C-1/finish')).status).toBe(200);

  const { body } = await show();
  // Sums 20 (4+3+3+4+2 = 16) and 20 each: (16 + 8 × 20) / 5 / 9 × 25 = 97.777…
  expect(body).toMatchObject({
    to: today,
    survey: 'skm',
    fewest: 5,
    all: {
      served: 9,
      answered: 6,
      stars: { count: 6, mean: 3.67 },
      skm: { count: 5, wanted: 9, ikm: 97.78, grade: 'A' },
    },
    agencies: [
      { id: 'A', served: 8, answered: 5, skm: { count: 5, ikm: 97.78, grade: 'A' } },
      { id: 'B', served: 1, answered: 1, skm: { count: 0, ikm: null } },
    ],
    services: [
      {
        id: 'S-0',
        agencyId: 'A',
        served: 8,
        answered: 5,
        stars: { count: 5, mean: 4.2 },
        skm: { count: 5, nrr: [3.2, 4, 4, 4, 4, 4, 4, 4, 4], ikm: 97.78, grade: 'A' },
      },
      { id: 'S-B', served: 1, answered: 1, stars: { count: 1, mean: null }, skm: { count: 0, nrr: null, ikm: null } },
    ],
  });
  expect((await show(`?from=${today}&to=${today}`)).body).toMatchObject({ from: today, all: { served: 9 } });
  expect((await show('?from=2020-01-01&to=2020-12-31')).body).toMatchObject({ all: { served: 0 }, services: [] });
  for (const wrong of [
    '?from=2020-02-01&to=2020-01-01',
    '?from=2019-01-01&to=2020-12-31',
    '?from=0000-01-01&to=0000-01-02',
  ]) {
    expectProblem(await show(wrong), 400, 'PERIOD_WRONG');
  }
  for (const wrong of ['?from=2020-02-31', '?to=today']) expectProblem(await show(wrong), 400, 'INVALID');
});

test('[SURVEY-5] an agency sees its own services, and the table has the same figures', async () => {
  const cookie = await signedIn(hall.sql, manager.address, {
    login: 'agency',
    ...{ role: 'agency-administrator', branchId: hall.branchId, agencyId: 'B' },
  });
  expect((await show('', { cookie })).body).toMatchObject({ all: { served: 1 }, services: [{ id: 'S-B', served: 1 }] });
  await hall.sql`update service set name = '{"en": "=HYPERLINK(1), \\"x\\""}' where id = 'S-B'`;
  const table = await show('.csv');
  expect(table.status).toBe(200);
  const lines = table.text.replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(lines[0]).toBe(
    'from,to,agency_id,agency,service_id,service,served,answered,stars_count,stars_mean,skm_count,skm_wanted,' +
      'u1_nrr,u2_nrr,u3_nrr,u4_nrr,u5_nrr,u6_nrr,u7_nrr,u8_nrr,u9_nrr,ikm,grade',
  );
  expect(lines[1]).toMatch(new RegExp(`,${today},\\*,,\\*,[^,]+,9,6,6,3.67,5,9,3.2,4,4,4,4,4,4,4,4,97.78,A$`));
  // Two agencies, the one with the sums of its services.
  expect(lines[2]).toMatch(/,A,Agency,\*,Agency,8,5,5,4\.2,5,/);
  expect(lines[3]).toContain(',B,The other agency,*,The other agency,1,1,1,,0,1,');
  expect(lines.find((line) => line.includes(',S-B,'))).toContain(`,S-B,"'=HYPERLINK(1), ""x""",1,1,1,,0,1,,,,,,,,,,,`);
});

test('[SURVEY-1] a hall that asks nothing takes no answer, and one that asks for stars takes those alone', async () => {
  for (const [survey, status] of [
    [undefined, 409],
    ['none', 409],
    ['stars', 204],
  ] as const) {
    const other = await startTestHall({
      blueprint: { ...plainHall, rules: { ...plainHall.rules, ...(survey && { survey }) } },
    });
    try {
      const [api] = other.managers;
      await openHall(api!, 1);
      const link = await take('S-0', other);
      await serve('C-1', api);
      const say = (what: string, body: object) => ask(`${api!.address}/v1/visits/${link}/${what}`, 'POST', { body });
      const rated = await say('rating', { stars: 4 });
      expect(rated.status, rated.text).toBe(status);
      if (status === 409) expectProblem(rated, 409, 'SURVEY_OFF');
      expectProblem(await say('survey', { marks: best }), 409, 'SURVEY_OFF');
      expect(await other.sql`select from visit_answer`).toHaveLength(status === 204 ? 1 : 0);
    } finally {
      await other.stop();
    }
  }
});
