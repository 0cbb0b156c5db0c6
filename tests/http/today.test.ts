import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { readToday } from '@antrean/server/insight/read-today.ts';
import { readUsual } from '@antrean/server/insight/read-usual.ts';
import { connectPostgres, type Sql } from '@antrean/server/ledger/connect-postgres.ts';
import type { InScope } from '@antrean/server/ledger/in-scope.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import { TodayView, UsualView } from '@antrean/shared/protocol/dashboard.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { legsOfDays } from '../harness/legs-of-days.ts';
import { madeLedger } from '../harness/made-ledger.ts';
import { twoAgencies } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

const zone = 'Asia/Jakarta';
const zoneMs = 7 * 3_600_000;
const branch = 'made' as BranchId;
const blueprint: Blueprint = {
  ...twoAgencies,
  branch,
  zone,
  services: twoAgencies.services.filter(({ id }) => ['S-0', 'S-1', 'S-2', 'S-B'].includes(id)),
};
// Three Mondays with a Tuesday between; the week before the last Monday there was one, three weeks before none.
const dates = ['2026-02-16', '2026-03-02', '2026-03-03', '2026-03-09'];
const today = '2026-03-09';
const targetMinutes = 8;
const events = madeLedger({ blueprint, seed: 11, dates, ticketsADay: 160, counters: 3, isLastOpen: true });
const legs = legsOfDays(events, dates).filter(({ end }) => end !== 'void');
const ofDay = (date: string) => legs.filter(({ day }) => day === date);
const agencyOf = (id: string) => blueprint.services.find((service) => service.id === id)!.agency;

let hall: TestHall;
let sql: Sql;
const inScope: InScope = (_scope, ask) => ask(sql);
beforeAll(async () => {
  hall = await startTestHall({ blueprint: { ...twoAgencies, branch: 'other' }, nodeCount: 1 });
  await plantLedger(hall.sql, branch, events);
  await importBlueprint(hall.sql, blueprint);
  sql = connectPostgres(hall.databaseUrl, { connections: 4 });
  await new VisitLegs(sql).catchUp(branch, zone);
});
afterAll(async () => {
  await sql?.end({ timeout: 1 });
  await hall?.stop();
});

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const [first, last] = [Math.min, Math.max].map((of) => of(...ofDay(today).map(({ queuedAt }) => queuedAt))) as [
  number,
  number,
];
/** Moments of the day: before it, in the middle of it, at the very arrival of somebody, after all. */
const moments = [
  first - 1,
  first,
  ...[0.2, 0.5, 0.8].map((part) => Math.floor(first + part * (last - first))),
  last + 7_200_000,
];

const isWaiting =
  (at: number) =>
  ({ queuedAt, calledAt, endedAt }: VisitLeg) =>
    queuedAt <= at && (calledAt ?? endedAt ?? Infinity) > at;
const standing = (of: readonly VisitLeg[], at: number) => {
  const waits = of.filter(isWaiting(at)).map(({ queuedAt }) => at - queuedAt);
  return { waiting: waits.length, longestSeconds: waits.length > 0 ? Math.floor(Math.max(...waits) / 1_000) : null };
};
const isBy =
  (at: number) =>
  (instant: number | null): boolean =>
    instant !== null && instant <= at;

test.each(moments)('[TODAY-1] the day at %d is what its legs tell one by one', async (at) => {
  const view = await readToday(inScope, branch, zone, { date: today, at, targetMinutes }, null);
  expect(Value.Errors(TodayView, view)).toEqual([]);
  const mine = ofDay(today);
  expect(view.minutes).toEqual(Array.from({ length: 61 }, (_, index) => standing(mine, at - (60 - index) * minuteMs)));

  const quarters = Map.groupBy(
    [
      ...mine.map(({ queuedAt }) => ({ at: queuedAt, joined: 1, done: 0 })),
      ...mine.filter(({ end }) => end === 'done').map(({ endedAt }) => ({ at: endedAt!, joined: 0, done: 1 })),
    ],
    (each) => Math.floor(each.at / quarterMs) * quarterMs,
  );
  expect(view.quarters).toEqual(
    [...quarters.entries()]
      .sort(([a], [b]) => a - b)
      .map(([from, each]) => ({
        at: from,
        joined: each.reduce((sum, { joined }) => sum + joined, 0),
        done: each.reduce((sum, { done }) => sum + done, 0),
      })),
  );
  const waits = mine.flatMap(({ calledAt, queuedAt }) => (calledAt === null ? [] : [(calledAt - queuedAt) / minuteMs]));
  expect(view.waits).toEqual(
    Array.from(
      { length: 13 },
      (_, step) => waits.filter((wait) => wait >= step * 5 && (step === 12 || wait < step * 5 + 5)).length,
    ),
  );
  expect(view.services.map(({ key, joined }) => [key, joined])).toEqual(
    [...Map.groupBy(mine, ({ serviceId }) => serviceId)].map(([key, each]) => [key, each.length]).sort(),
  );

  const then = at - 7 * 24 * 60 * minuteMs;
  const before = ofDay('2026-03-02');
  const isDone = isBy(then);
  const called = before.filter(({ calledAt }) => isDone(calledAt));
  const gaveUp = before.filter(
    ({ end, calledAt, endedAt }) =>
      calledAt === null && isDone(endedAt) && ['left', 'withdrawn', 'closed'].includes(end ?? ''),
  );
  expect(view.weekBefore).toEqual({
    date: '2026-03-02',
    joined: before.filter(({ queuedAt }) => isDone(queuedAt)).length,
    ...standing(before, then),
    withinTarget: {
      count: called.filter(({ calledAt, queuedAt }) => calledAt! - queuedAt <= targetMinutes * minuteMs).length,
      of: called.length,
    },
    abandoned: { count: gaveUp.length, of: called.length + gaveUp.length },
    noShows: {
      count: before.filter(({ end, endedAt }) => end === 'no-show' && isDone(endedAt)).length,
      of: called.length,
    },
  });
});

test('[TODAY-1] an agency is told of its own services, and a day that nobody came on of nothing', async () => {
  const asked = { date: today, at: moments[3]!, targetMinutes };
  const own = await readToday(inScope, branch, zone, { ...asked, agencyId: 'B' }, null);
  const mine = ofDay(today).filter(({ serviceId }) => agencyOf(serviceId) === 'B');
  expect(own.all.joined).toBe(mine.length);
  expect(own.minutes.at(-1)).toEqual(standing(mine, asked.at));
  expect(own.services.map(({ key }) => key)).toEqual(['S-B']);
  const empty = await readToday(inScope, branch, zone, { ...asked, date: '2026-02-16' }, null);
  expect(empty.weekBefore).toBeNull();
  const none = await readToday(inScope, branch, zone, { ...asked, date: '2026-03-16', agencyId: 'nobody' }, null);
  expect([none.all.joined, none.services, none.quarters, none.weekBefore]).toEqual([0, [], [], null]);
  expect(none.waits).toEqual(Array.from({ length: 13 }, () => 0));
});

test('[TODAY-2] what is usual on a weekday and in a week is what the days before had', async () => {
  const view = await readUsual(inScope, branch, zone, { date: today }, null);
  expect(Value.Errors(UsualView, view)).toEqual([]);
  const clock = ({ queuedAt }: VisitLeg) => new Date(queuedAt + zoneMs);
  const minuteOf = (leg: VisitLeg) => clock(leg).getUTCHours() * 60 + Math.floor(clock(leg).getUTCMinutes() / 15) * 15;
  const mondays = ['2026-02-16', '2026-03-02'].map(ofDay);
  const minutes = [...new Set(mondays.flat().map(minuteOf))].sort((a, b) => a - b);
  expect(view).toMatchObject({ date: today, days: 2 });
  expect(view.quarters).toEqual(
    minutes.map((minute) => {
      const counts = mondays.map((day) => day.filter((leg) => minuteOf(leg) === minute).length);
      return { minute, least: Math.min(...counts), median: (counts[0]! + counts[1]!) / 2, most: Math.max(...counts) };
    }),
  );
  const daysOf = (weekday: number) => (weekday === 1 ? 2 : 1);
  const month = legs.filter(({ day }) => day !== today);
  const groups = Map.groupBy(month, (leg) => `${leg.day === '2026-03-03' ? 2 : 1} ${clock(leg).getUTCHours()}`);
  expect(view.hours).toEqual(
    [...groups]
      .map(([key, each]) => {
        const [weekday, hour] = key.split(' ').map(Number) as [number, number];
        const waits = each
          .flatMap(({ calledAt, queuedAt }) => (calledAt === null ? [] : [calledAt - queuedAt]))
          .sort((a, b) => a - b);
        const median = waits[Math.ceil(waits.length / 2) - 1];
        return {
          weekday,
          hour,
          days: daysOf(weekday),
          joined: Math.round((each.length / daysOf(weekday)) * 10) / 10,
          medianWaitSeconds: median === undefined ? null : Math.floor(median / 1_000),
        };
      })
      .sort((a, b) => a.weekday - b.weekday || a.hour - b.hour),
  );
  const none = await readUsual(inScope, branch, zone, { date: '2025-01-01' }, null);
  expect(none).toEqual({ date: '2025-01-01', days: 0, quarters: [], hours: [] });
});

test('[TODAY-1] [TODAY-2] managers may ask, of their hall; agents may not', async () => {
  const { address } = hall.nodes[0]!;
  const headers = hall.managers[0]!.headers;
  for (const [what, view] of [
    ['today', TodayView],
    ['usual', UsualView],
  ] as const) {
    const path = `${address}/v1/branches/${branch}/${what}`;
    const answer = await ask(path, 'GET', { headers });
    expect(answer.status, answer.text).toBe(200);
    expect(Value.Errors(view, answer.body)).toEqual([]);
    const agent = {
      cookie: await signedIn(hall.sql, address, { login: `agent-${what}`, role: 'agent', branchId: branch }),
    };
    expectProblem(await ask(path, 'GET', { headers: agent }), 403, 'NOT_ALLOWED');
    expectProblem(await ask(`${address}/v1/branches/nowhere/${what}`, 'GET', { headers }), 404, 'BRANCH_UNKNOWN');
  }
});
