import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { connectPostgres, type Sql } from '@antrean/server/ledger/connect-postgres.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import { startMeasure } from '@antrean/shared/domain/what-if/measure-waits.ts';
import { type ReportBy, type ReportFigures, type ReportRow, ReportView } from '@antrean/shared/protocol/report.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { twoAgencies } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { agencyOf, blueprint, branch, dates, events, figures, keys, legs, reckoned, zone } from './made-days.ts';
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

const rowsKept = async (): Promise<Record<string, unknown>[]> => [
  ...(await hall.sql<Record<string, unknown>[]>`
    select business_day::text as day, ticket_id as "ticketId", leg, service_id as "serviceId", priority_id as priority,
      channel, is_booked as "isBooked", (extract(epoch from queued_at) * 1000)::float8 as "queuedAt",
      (extract(epoch from called_at) * 1000)::float8 as "calledAt", rule, counter_id as "counterId",
      agent_id as "agentId", walk_ms as "walkMs", served_ms as "servedMs", recalls, misses, rejoins, ending as "end",
      (extract(epoch from ended_at) * 1000)::float8 as "endedAt", outcome, quantity,
      told_from as "toldFrom", told_to as "toldTo"
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

test('[REPORT-3] the days that these tests tell of have void, open, chosen and taken back tickets', () => {
  for (const is of [
    ({ end }: VisitLeg) => end === 'void',
    ({ end }: VisitLeg) => end === null,
    ({ rule }: VisitLeg) => rule === 'chosen',
    ({ rejoins }: VisitLeg) => rejoins > 0,
    ({ leg, toldTo }: VisitLeg) => leg > 0 && toldTo !== null,
    ({ toldTo }: VisitLeg) => toldTo === null,
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
