import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { packDays } from '@antrean/server/insight/pack-days.ts';
import { connectPostgres, type Sql } from '@antrean/server/ledger/connect-postgres.ts';
import { seeded } from '@antrean/server/rehearsal/seeded.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type ReportBy, ReportView } from '@antrean/shared/protocol/report.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { twoAgencies } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { blueprint, branch, dates, events, figures, keys, legs, reckoned, serviceOf, zone } from './made-days.ts';
import { signedIn } from './people.ts';

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
