import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { connectPostgres, type Sql } from '@antrean/server/ledger/connect-postgres.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import type { ReportView } from '@antrean/shared/protocol/report.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { legsOfDays } from '../harness/legs-of-days.ts';
import { twoAgencies } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { toldRanges } from '../harness/told-ranges.ts';
import { type Answer, ask } from './ask.ts';
import { blueprint, branch, dates, events, legs, reckoned, zone } from './made-days.ts';

/** The same hall, whose set-up was another one in the middle of its second day and from the fourth on. */
const changing = 'changing';
const first = { ...blueprint, branch: changing };
const second = {
  ...first,
  services: first.services.map((service) => ({ ...service, standardMinutes: 40 })),
  counters: first.counters.map((counter, index) => ({
    ...counter,
    serves: index === 0 ? { agencies: ['A'] } : counter.serves,
  })),
};
const third = { ...second, services: second.services.map((service) => ({ ...service, standardMinutes: 2 })) };
const setups = [first, first, second, third].map(setupOfBlueprint);

const inTheMiddle = events.findIndex((event) => event.type === 'day.opened' && event.data.date === dates[1]) + 300;
const change = (revision: number, after: HallEvent): HallEvent => ({
  ...{ version: 0, at: after.at, commandId: '5e700000-0000-4000-8000-000000000001' as HallEvent['commandId'] },
  ...{ actor: { kind: 'system' }, type: 'setup.changed', data: { revision } },
});
const eventsOfChanging = [
  ...events.slice(0, inTheMiddle),
  change(2, events[inTheMiddle - 1]!),
  ...events
    .slice(inTheMiddle)
    .map((event) =>
      event.type === 'day.opened'
        ? { ...event, data: { ...event.data, setupRevision: event.data.date === dates[3] ? 3 : 2 } }
        : event,
    ),
].map((event, index): HallEvent => ({ ...event, version: index + 1 }));

let hall: TestHall;
let sql: Sql;
beforeAll(async () => {
  hall = await startTestHall({ blueprint: { ...twoAgencies, branch: 'other' } });
  await plantLedger(hall.sql, branch, events);
  await importBlueprint(hall.sql, blueprint);
  for (const each of [first, second, third]) await importBlueprint(hall.sql, each);
  await plantLedger(hall.sql, changing, eventsOfChanging);
  sql = connectPostgres(hall.databaseUrl, { connections: 4 });
});
afterAll(async () => {
  await sql?.end({ timeout: 1 });
  await hall?.stop();
});

const get = (path: string): Promise<Answer> =>
  ask(`${hall.nodes[0]!.address}/v1${path}`, 'GET', { headers: hall.managers[0]!.headers });
const period = `from=${dates[0]}&to=${dates.at(-1)}`;

type ToldRow = Pick<VisitLeg, 'ticketId' | 'leg' | 'toldFrom' | 'toldTo'> & { readonly day: string };
const rowsOf = async (of: string): Promise<string[]> =>
  told(
    await hall.sql<ToldRow[]>`
      select business_day::text as day, ticket_id as "ticketId", leg, told_from as "toldFrom", told_to as "toldTo"
      from visit_leg where branch_id = ${of}`,
  );
const told = (rows: readonly ToldRow[]): string[] =>
  rows.map(({ day, ticketId, leg, toldFrom, toldTo }) => `${day} ${ticketId} ${leg}: ${toldFrom}–${toldTo}`).sort();

test('[REPORT-20] set-ups are those of the time, whoever folds at once and wherever a fold begins anew', async () => {
  const tell = toldRanges(eventsOfChanging, (revision) => setups[revision]!);
  const expected = told(tell(legsOfDays(eventsOfChanging, dates)));
  // It does matter.
  expect(expected).not.toEqual(told(legs));
  await Promise.all([0, 1, 2].map(() => new VisitLegs(sql).catchUp(changing as BranchId, zone)));
  expect(await rowsOf(changing)).toEqual(expected);
  await hall.sql`delete from visit_leg where branch_id = ${changing}`;
  await hall.sql`delete from visit_leg_head where branch_id = ${changing}`;
  for (const version of [
    1,
    inTheMiddle - 50,
    inTheMiddle + 1,
    inTheMiddle + 70,
    events.length,
    eventsOfChanging.length,
  ]) {
    await hall.sql`update branch_head set version = ${version} where branch_id = ${changing}`;
    await Promise.all([0, 1].map(() => new VisitLegs(sql).catchUp(changing as BranchId, zone)));
  }
  expect(await rowsOf(changing)).toEqual(expected);
});

test('[REPORT-20] legs that an older release folded are folded anew, packed again, and told of meanwhile', async () => {
  await new VisitLegs(sql).catchUpAll();
  const tell = async () =>
    ((await get(`/report?${period}&by=branch`)).body as unknown as ReportView).rows.find(({ key }) => key === branch)!;
  const before = await tell();
  const { told: expected, joined } = reckoned(legs, 15);
  expect([before.told, before.joined]).toEqual([expected, joined]);
  expect(Math.min(expected.sooner, expected.within, expected.later)).toBeGreaterThan(0);
  // As that release left them.
  await hall.sql`update visit_leg set told_from = null, told_to = null`;
  await hall.sql`update visit_leg_head set day_waits = null`;
  await hall.sql`
    update visit_day set figures = (
      select string_agg(substr(figures, n * 14 + 1, 12)
        || substr(int4send(((get_byte(figures, n * 14 + 12) & 63) << 8) | get_byte(figures, n * 14 + 13)), 3), '' order by n)
      from generate_series(0, length(figures) / 14 - 1) n)`;
  const old = await tell();
  expect([old.told, old.joined]).toEqual([{ sooner: 0, within: 0, later: 0 }, joined]);
  expect({ ...old, told: null }).toEqual({ ...before, told: null });
  await Promise.all([new VisitLegs(sql).catchUpAll(), new VisitLegs(sql).catchUpAll()]);
  await new VisitLegs(sql).catchUpAll();
  expect(await rowsOf(branch)).toEqual(told(legs));
  expect(await tell()).toEqual(before);
  const [heads] = await hall.sql`select count(*)::int as count from visit_leg_head where day_waits is null`;
  expect(heads).toEqual({ count: 0 });
});

test('[REPORT-20] the table and the file of the legs hold what was told', async () => {
  const linesOf = async (path: string): Promise<Record<string, string>[]> => {
    const [head, ...lines] = (await get(path)).text
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    return lines.map((line) => Object.fromEntries(head!.map((name, index) => [name, line[index]!])));
  };
  const ofHall = `/branches/${branch}`;
  const [all] = await linesOf(`${ofHall}/report.csv?${period}&by=service`);
  const { sooner, within, later } = reckoned(legs, 15).told;
  expect(all).toMatchObject({
    told_sooner: String(sooner),
    told_within: String(within),
    told_later: String(later),
  });
  const lines = await linesOf(`${ofHall}/legs.csv?${period}`);
  const ranges = (each: readonly (readonly [unknown, unknown])[]) => each.map(([a, b]) => `${a}–${b}`).sort();
  expect(ranges(lines.map((line) => [line.told_from_min, line.told_to_min]))).toEqual(
    ranges(legs.filter(({ end }) => end !== 'void').map(({ toldFrom, toldTo }) => [toldFrom ?? '', toldTo ?? ''])),
  );
});
