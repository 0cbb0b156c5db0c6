import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { packDays } from '@antrean/server/insight/pack-days.ts';
import { seeded } from '@antrean/server/rehearsal/seeded.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { startDayLegs, type VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import { startMeasure } from '@antrean/shared/domain/what-if/measure-waits.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import {
  type Lengths,
  type ReportBy,
  ReportFigures,
  type ReportRow,
  ReportView,
} from '@antrean/shared/protocol/report.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPostgres, type Sql } from '@antrean/server/ledger/connect-postgres.ts';
import { madeLedger } from '../harness/made-ledger.ts';
import { twoAgencies } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

/** Fifteen o'clock there is eight in London. */
const zone = 'Asia/Jakarta';
const branch = 'made';
const blueprint: Blueprint = {
  ...twoAgencies,
  branch,
  zone,
  services: twoAgencies.services
    .filter(({ id }) => ['S-0', 'S-1', 'S-2', 'S-B'].includes(id))
    .map((service) => (service.id === 'S-1' ? { ...service, standardMinutes: 4 } : service)),
  rules: {
    ...twoAgencies.rules,
    confirmsArrival: true,
    callNextFinishes: false,
    undoSeconds: 60,
    rejoin: { withinMinutes: 30, times: 2, late: 'end-of-line' },
  },
};
const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-09'];
const events = madeLedger({ blueprint, seed: 7, dates, ticketsADay: 180, counters: 3, isLastOpen: true });
/** Every leg with its day, as the events have them. */
const legs: (VisitLeg & { day: string })[] = dates.flatMap((day) => {
  const begins = events.findIndex((event) => event.type === 'day.opened' && event.data.date === day);
  const ends = events.findIndex((event) => event.type === 'day.closed' && event.data.date === day);
  const fold = startDayLegs();
  for (const event of events.slice(begins, ends === -1 ? events.length : ends + 1)) fold.take(event);
  return fold.all().map((leg) => ({ ...leg, day }));
});

let hall: TestHall;
let sql: Sql;
beforeAll(async () => {
  hall = await startTestHall({ blueprint: { ...twoAgencies, branch: 'other' }, nodeCount: 2 });
  await plantLedger(hall.sql, branch, events);
  await importBlueprint(hall.sql, blueprint);
  sql = connectPostgres(hall.databaseUrl, { connections: 4 });
});
afterAll(async () => {
  await sql?.end({ timeout: 1 });
  await hall?.stop();
});

const report = (query: string, headers = hall.managers[0]!.headers, node = 0): Promise<Answer> =>
  ask(`${hall.nodes[node]!.address}/v1/branches/${branch}/report?${query}`, 'GET', { headers });
const period = `from=${dates[0]}&to=${dates.at(-1)}`;

const rowsKept = async (): Promise<Record<string, unknown>[]> => [
  ...(await hall.sql<Record<string, unknown>[]>`
    select business_day::text as day, ticket_id as "ticketId", leg, service_id as "serviceId", priority_id as priority,
      channel, is_booked as "isBooked", (extract(epoch from queued_at) * 1000)::float8 as "queuedAt",
      (extract(epoch from called_at) * 1000)::float8 as "calledAt", rule, counter_id as "counterId",
      agent_id as "agentId", walk_ms as "walkMs", served_ms as "servedMs", recalls, misses, rejoins, ending as "end",
      (extract(epoch from ended_at) * 1000)::float8 as "endedAt", outcome, quantity
    from visit_leg where branch_id = ${branch}`),
];
const inOrder = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

test('[REPORT-2] nodes that fold at once, in lots, and again and again keep the rows that the ledger has', async () => {
  const several = Array.from({ length: 3 }, () => new VisitLegs(sql));
  await Promise.all(several.flatMap((each) => [each.catchUp(branch as BranchId, zone), each.catchUpAll()]));
  expect(inOrder(await rowsKept())).toEqual(inOrder(legs));
  const [head] = await hall.sql`select version::int as version from visit_leg_head where branch_id = ${branch}`;
  expect(head).toEqual({ version: events.length });

  // A process that knows only what is written goes on from there, in the middle of a day, too.
  const undone = events.findLast(({ type }) => type === 'ticket.undone')!.version;
  await hall.sql`delete from visit_leg where branch_id = ${branch}`;
  await hall.sql`delete from visit_leg_head where branch_id = ${branch}`;
  for (const version of [1, 40, 2_100, undone - 1, undone, events.length]) {
    await hall.sql`update branch_head set version = ${version} where branch_id = ${branch}`;
    await Promise.all([0, 1].map(() => new VisitLegs(sql).catchUp(branch as BranchId, zone)));
  }
  expect(inOrder(await rowsKept())).toEqual(inOrder(legs));

  // What is written of a ledger that was replaced by a backup is worth nothing.
  await hall.sql`update visit_leg set recalls = 99 where branch_id = ${branch}`;
  await hall.sql`update branch_head set epoch = gen_random_uuid() where branch_id = ${branch}`;
  await Promise.all(several.map((each) => each.catchUp(branch as BranchId, zone)));
  expect(inOrder(await rowsKept())).toEqual(inOrder(legs));
});

const serviceOf = new Map(blueprint.services.map((service) => [service.id, service]));
const agencyOf = (id: string): string => serviceOf.get(id)!.agency;
const keys: Readonly<Record<ReportBy, (leg: VisitLeg & { day: string }) => string>> = {
  all: () => '',
  branch: () => branch,
  day: ({ day }) => day,
  hour: ({ queuedAt }) => new Date(queuedAt + 7 * 3_600_000).toISOString().slice(11, 13),
  weekday: ({ day }) => String(new Date(`${day}T00:00:00Z`).getUTCDay() || 7),
  agency: ({ serviceId }) => agencyOf(serviceId),
  service: ({ serviceId }) => serviceId,
  counter: ({ counterId }) => counterId ?? '',
  agent: ({ agentId }) => agentId ?? '',
  priority: ({ priority }) => priority ?? '',
  channel: ({ channel }) => channel,
};

/** By sorting, where the report counts by seconds. */
const lengthsOf = (times: readonly (number | null)[]): Lengths => {
  const sorted = times.filter((ms) => ms !== null).sort((a, b) => a - b);
  const at = (share: number): number | null =>
    sorted.length === 0 ? null : Math.floor(sorted[Math.ceil(share * sorted.length) - 1]! / 1_000);
  const sum = sorted.reduce((total, ms) => total + ms, 0);
  return {
    count: sorted.length,
    meanSeconds: sorted.length === 0 ? null : Math.round(sum / sorted.length / 1_000),
    medianSeconds: at(0.5),
    p90Seconds: at(0.9),
    maxSeconds: at(1),
  };
};
const waitOf = ({ calledAt, queuedAt }: VisitLeg): number | null => (calledAt === null ? null : calledAt - queuedAt);
const reckoned = (these: readonly VisitLeg[], targetMinutes: number): ReportFigures => {
  const of = these.filter(({ end }) => end !== 'void');
  const called = of.filter(({ calledAt }) => calledAt !== null);
  const count = (is: (leg: VisitLeg) => boolean): number => of.filter(is).length;
  const abandoned = count(
    ({ end, calledAt }) => calledAt === null && ['left', 'withdrawn', 'closed'].includes(end ?? ''),
  );
  const withStandard = of.flatMap(({ serviceId, servedMs }) => {
    const standard = serviceOf.get(serviceId)!.standardMinutes;
    return standard === undefined || servedMs === null ? [] : [servedMs <= standard * 60_000];
  });
  return {
    joined: of.length,
    called: called.length,
    wait: lengthsOf(of.map(waitOf)),
    walk: lengthsOf(of.map(({ walkMs }) => walkMs)),
    service: lengthsOf(of.map(({ servedMs }) => servedMs)),
    withinTarget: { count: called.filter((leg) => waitOf(leg)! <= targetMinutes * 60_000).length, of: called.length },
    withinStandard: { count: withStandard.filter(Boolean).length, of: withStandard.length },
    done: count(({ end }) => end === 'done'),
    moved: count(({ end }) => end === 'moved'),
    abandoned: { count: abandoned, of: called.length + abandoned },
    noShows: { count: count(({ end }) => end === 'no-show'), of: called.length },
    rejoined: {
      count: count(({ rejoins }) => rejoins > 0),
      of: count(({ misses, end }) => misses > 0 || end === 'no-show'),
    },
    recalled: count(({ recalls }) => recalls > 0),
    outOfTurn: { count: count(({ rule }) => rule === 'chosen'), of: called.length },
    open: count(({ end }) => end === null),
  };
};
const figures = (row: object): ReportFigures =>
  Object.fromEntries(
    Object.keys(ReportFigures.properties).map((key) => [key, row[key as never]]),
  ) as unknown as ReportFigures;

test('[REPORT-3] the days that these tests tell of have void, open, chosen and taken back tickets', () => {
  for (const is of [
    ({ end }: VisitLeg) => end === 'void',
    ({ end }: VisitLeg) => end === null,
    ({ rule }: VisitLeg) => rule === 'chosen',
    ({ rejoins }: VisitLeg) => rejoins > 0,
  ]) {
    expect(legs.filter(is).length).toBeGreaterThan(0);
  }
  expect(events.some(({ type }) => type === 'ticket.undone')).toBe(true);
});

test.each(Object.keys(keys) as ReportBy[])(
  '[REPORT-3] by %s every figure is what sorting and counting the legs one by one gives',
  async (by) => {
    const answer = await report(`${period}&by=${by}&targetMinutes=8`, undefined, 1);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(Value.Check(ReportView, answer.body)).toBe(true);
    const { all, rows } = answer.body as unknown as ReportView;
    expect(all).toEqual(reckoned(legs, 8));
    const groups = Map.groupBy(
      legs.filter(({ end }) => end !== 'void'),
      keys[by],
    );
    expect(rows.map(({ key }) => key)).toEqual([...groups.keys()].sort());
    for (const row of rows) expect(figures(row), row.key).toEqual(reckoned(groups.get(row.key)!, 8));
  },
);

test('[REPORT-3] the legs that were called, finished, left or not reached are those that the measure of past days counts', async () => {
  // What is still open is of no end yet.
  const over = dates.slice(0, -1);
  const { all } = (await report(`from=${over[0]}&to=${over.at(-1)}`)).body as unknown as ReportView;
  const totals = over.map((day) => {
    const begins = events.findIndex((event) => event.type === 'day.opened' && event.data.date === day);
    const ends = events.findIndex((event) => event.type === 'day.closed' && event.data.date === day);
    const measure = startMeasure(() => null);
    for (const event of events.slice(begins, ends + 1)) measure.take(event);
    return measure.end().total;
  });
  const sum = (of: 'called' | 'served' | 'left' | 'notCalled' | 'noShows'): number =>
    totals.reduce((total, each) => total + each[of], 0);
  expect([all.called, all.done, all.noShows.count]).toEqual([sum('called'), sum('served'), sum('noShows')]);
  // That measure takes void numbers for visitors who left.
  const voided = legs.filter(({ end, day }) => end === 'void' && over.includes(day)).length;
  expect(all.abandoned.count).toBe(sum('left') + sum('notCalled') - voided);
});

test('[REPORT-3] a report of a part is of that part, one that meets nothing tells zeros, names come from the set-up', async () => {
  const part = (query: string) => report(`${period}&targetMinutes=15&${query}`);
  const only = async (query: string) => (await part(query)).body as unknown as ReportView;
  const of = (is: (leg: VisitLeg & { day: string }) => boolean) => reckoned(legs.filter(is), 15);
  expect((await only('serviceId=S-1')).all).toEqual(of(({ serviceId }) => serviceId === 'S-1'));
  expect((await only('agencyId=B')).all).toEqual(of(({ serviceId }) => agencyOf(serviceId) === 'B'));
  expect((await only('counterId=C-2')).all).toEqual(of(({ counterId }) => counterId === 'C-2'));
  expect((await only('agentId=agent-3')).all).toEqual(of(({ agentId }) => agentId === 'agent-3'));
  expect((await only('priorityId=elderly')).all).toEqual(of(({ priority }) => priority === 'elderly'));
  expect((await only('channel=kiosk')).all).toEqual(of(({ channel }) => channel === 'kiosk'));
  const twoDays = (await report('from=2026-03-03&to=2026-03-04')).body as unknown as ReportView;
  expect(twoDays).toMatchObject({ from: '2026-03-03', to: '2026-03-04', zone, by: 'all', targetMinutes: 15 });
  expect(twoDays.all).toEqual(of(({ day }) => day === '2026-03-03' || day === '2026-03-04'));
  const none = (await only('serviceId=nowhere&by=service')) as { all: ReportFigures; rows: ReportRow[] };
  expect([none.all, none.rows]).toEqual([reckoned([], 15), []]);
  const names = (await only('by=agency')).rows.map(({ key, name }) => [key, name?.en]);
  expect(names).toEqual([
    ['A', 'Agency'],
    ['B', 'The other agency'],
  ]);
  expect((await only('by=counter')).rows.map(({ number }) => number)).toEqual([undefined, 1, 2, 3]);
});

test('[REPORT-3] an agency sees what is of its services, an agent nothing, and a wrong question is told what is wrong', async () => {
  const address = hall.nodes[0]!.address;
  const ofAgency = {
    cookie: await signedIn(hall.sql, address, { login: 'auditor-b', role: 'auditor', branchId: branch, agencyId: 'B' }),
  };
  const own = (await report(`${period}&by=agency`, ofAgency)).body as unknown as ReportView;
  expect(own.all).toEqual(
    reckoned(
      legs.filter(({ serviceId }) => agencyOf(serviceId) === 'B'),
      15,
    ),
  );
  expect(own.rows.map(({ key }) => key)).toEqual(['B']);
  const other = (await report(`${period}&agencyId=A`, ofAgency)).body as unknown as ReportView;
  expect(other.all.joined).toBe(0);
  const agent = { cookie: await signedIn(hall.sql, address, { login: 'agent-x', role: 'agent', branchId: branch }) };
  expectProblem(await report(period, agent), 403, 'NOT_ALLOWED');
  expectProblem(await report('from=2026-03-09&to=2026-03-02'), 400, 'PERIOD_WRONG');
  expectProblem(await report('from=2024-01-01&to=2026-03-02'), 400, 'PERIOD_WRONG');
  expectProblem(await report(`${period}&by=moon`), 400, 'INVALID');
  expectProblem(await report(`${period}&targetMinutes=0`), 400, 'INVALID');
});

const country = (query: string, headers = hall.managers[0]!.headers): Promise<Answer> =>
  ask(`${hall.nodes[0]!.address}/v1/report?${query}`, 'GET', { headers });
const byOfCountry = (Object.keys(keys) as ReportBy[]).filter((by) => by !== 'counter' && by !== 'agent');
const tellsTheLegs = async (told = legs): Promise<void> => {
  for (const by of byOfCountry) {
    const answer = await country(`${period}&by=${by}&targetMinutes=8`);
    expect(answer.status, answer.text).toBe(200);
    expect(Value.Check(ReportView, answer.body)).toBe(true);
    const { all, rows } = answer.body as unknown as ReportView;
    expect(all, by).toEqual(reckoned(told, 8));
    const groups = Map.groupBy(
      told.filter(({ end }) => end !== 'void'),
      keys[by],
    );
    expect(rows.map(({ key }) => key)).toEqual([...groups.keys()].sort());
    for (const row of rows) expect(figures(row), `${by} ${row.key}`).toEqual(reckoned(groups.get(row.key)!, 8));
  }
};

test('[REPORT-6] all halls together are told by the same figures, however the days were folded and packed', async () => {
  const several = Array.from({ length: 3 }, () => new VisitLegs(sql));
  await Promise.all(several.map((each) => each.catchUpAll()));
  await tellsTheLegs();
  // In the middle of days, by several at once, while others fold, and interrupted after any of it.
  await hall.sql`delete from visit_leg where branch_id = ${branch}`;
  await hall.sql`delete from visit_leg_head where branch_id = ${branch}`;
  const cuts = [1, 700, 2_100, 2_101, events.length - 40, events.length];
  for (const version of cuts) {
    await hall.sql`update branch_head set version = ${version} where branch_id = ${branch}`;
    await Promise.all(
      [0, 1, 2].map(async (which) => {
        const fold = new VisitLegs(sql);
        if (which === 0) await fold.catchUpAll();
        else await Promise.all([fold.catchUp(branch as BranchId, zone), packDays(sql, branch as BranchId)]);
      }),
    );
  }
  await new VisitLegs(sql).catchUpAll();
  await tellsTheLegs();
  // After a restore the ledger is another one, and shorter.
  const shorter = events.findLast(({ type }) => type === 'day.closed')!.version;
  await hall.sql`delete from ticket_event where branch_id = ${branch} and version > ${shorter}`;
  await hall.sql`update branch_head set version = ${shorter}, epoch = gen_random_uuid() where branch_id = ${branch}`;
  await Promise.all(several.map((each) => each.catchUpAll()));
  const last = dates.at(-1)!;
  await tellsTheLegs(legs.filter(({ day }) => day !== last));
  await plantLedger(hall.sql, branch, events.slice(shorter));
  await hall.sql`update branch_head set version = ${events.length} where branch_id = ${branch}`;
  await Promise.all(several.map((each) => each.catchUpAll()));
  await tellsTheLegs();
});

test('[REPORT-6] of random days, halls and parts they tell what the hall itself tells', async () => {
  const chance = seeded(20_260_301);
  for (let round = 0; round < 30; round++) {
    const from = chance.pick(dates, () => 1)!;
    const to = chance.pick(
      dates.filter((date) => date >= from),
      () => 1,
    )!;
    const by = chance.pick(byOfCountry, () => 1)!;
    const parts = [
      ['agencyId', 'B'],
      ['serviceId', 'S-1'],
      ['priorityId', 'elderly'],
      ['channel', 'phone'],
    ]
      .filter(() => chance.happens(0.3))
      .map(([what, id]) => `&${what}=${id}`);
    const query = `from=${from}&to=${to}&by=${by}&targetMinutes=${1 + Math.floor(chance.between(0, 20))}${parts.join('')}`;
    const [ofAll, ofHall] = [
      (await country(query)).body as unknown as ReportView,
      (await report(query)).body as unknown as ReportView,
    ];
    expect(ofAll.all, query).toEqual(ofHall.all);
    expect(ofAll.rows.map(({ key }) => key)).toEqual(ofHall.rows.map(({ key }) => key));
    for (const [index, row] of ofAll.rows.entries()) expect(figures(row), query).toEqual(figures(ofHall.rows[index]!));
  }
});

test('[REPORT-6] whoever is of a hall sees that one, names come from the set-up, and a wrong question is told what is wrong', async () => {
  await new VisitLegs(sql).catchUpAll();
  const { rows, zone: ofAll } = (await country(`${period}&by=branch`)).body as unknown as ReportView;
  expect(ofAll).toBeUndefined();
  expect(rows.map(({ key, name }) => [key, name?.en])).toEqual([[branch, 'Plain hall']]);
  const byService = (await country(`${period}&by=service`)).body as unknown as ReportView;
  for (const { key, name } of byService.rows) expect(name?.en).toBe(serviceOf.get(key)!.name.en);
  const elsewhere = await signedIn(hall.sql, hall.nodes[0]!.address, {
    login: 'manager-elsewhere',
    role: 'manager',
    branchId: 'other',
  });
  const none = (await country(period, { cookie: elsewhere })).body as unknown as ReportView;
  expect([none.all.joined, none.rows]).toEqual([0, []]);
  const nowhere = (await country(`${period}&by=service&serviceId=nowhere`)).body as unknown as ReportView;
  expect([nowhere.all, nowhere.rows]).toEqual([reckoned([], 15), []]);
  expect((await country('from=2026-03-01&to=2026-07-02')).status).toBe(200);
  expectProblem(await country('from=2026-03-01&to=2026-07-03'), 400, 'PERIOD_WRONG');
  expectProblem(await country(`${period}&by=counter`), 400, 'INVALID');
});
