import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { OutOfTurnView, ReportView } from '@antrean/shared/protocol/report.ts';
import { strFromU8, unzipSync } from 'fflate';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { twoAgencies } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { blueprint, branch, dates, events, legs, reckoned } from './made-days.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ blueprint: { ...twoAgencies, branch: 'other' } });
  await plantLedger(hall.sql, branch, events);
  // As somebody would who means harm to whoever opens a workbook.
  await importBlueprint(hall.sql, {
    ...blueprint,
    services: blueprint.services.map((service) =>
      service.id === 'S-0' ? { ...service, name: { en: '=1+1', id: '@SUM(A1)' } } : service,
    ),
  });
});
afterAll(() => hall?.stop());

const get = (path: string): Promise<Answer> =>
  ask(`${hall.nodes[0]!.address}/v1${path}`, 'GET', { headers: hall.managers[0]!.headers });
const ofHall = `/branches/${branch}`;
const of = (days: readonly string[]) =>
  reckoned(
    legs.filter(({ day }) => days.includes(day)),
    15,
  );
const linesOf = ({ text }: Answer): string[][] =>
  text
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

test('[REPORT-7] a report tells an earlier period, too: the one before, a year before, or the days that are named', async () => {
  const compared = async (compare: string) => {
    const answer = await get(`${ofHall}/report?from=${dates[2]}&to=${dates[2]}&by=day&compare=${compare}`);
    expect(answer.status, answer.text).toBe(200);
    expect(Value.Check(ReportView, answer.body)).toBe(true);
    const { all, compared: earlier } = answer.body as unknown as ReportView;
    expect(all).toEqual(of([dates[2]!]));
    return earlier!;
  };
  const before = await compared('before');
  expect([before.from, before.to]).toEqual([dates[1], dates[1]]);
  expect(before.all).toEqual(of([dates[1]!]));
  expect(before.rows.map(({ key }) => key)).toEqual([dates[1]]);
  const named = await compared(`${dates[0]}..${dates[1]}`);
  expect(named.all).toEqual(of([dates[0]!, dates[1]!]));
  const year = await compared('year');
  expect([year.from, year.to, year.all.joined]).toEqual(['2025-03-04', '2025-03-04', 0]);
  const leap = await get(`${ofHall}/report?from=2024-02-29&to=2024-02-29&compare=year`);
  expect(leap.body!.compared).toMatchObject({ from: '2023-02-28', to: '2023-02-28' });
  for (const wrong of ['2026-03-03..2026-03-02', '2026-02-30..2026-03-02', '2020-01-01..2026-01-01']) {
    expectProblem(await get(`${ofHall}/report?compare=${wrong}`), 400, 'PERIOD_WRONG');
  }
  expectProblem(await get(`${ofHall}/report?compare=never`), 400, 'INVALID');
});

test('[REPORT-7] the table holds both periods, each with its days', async () => {
  const query = `from=${dates[2]}&to=${dates[2]}&by=service&compare=before`;
  const { compared, rows, all } = (await get(`${ofHall}/report?${query}`)).body as unknown as ReportView;
  const [head, ...lines] = linesOf(await get(`${ofHall}/report.csv?${query}`));
  const [from, key, joined] = ['from', 'key', 'joined'].map((name) => head!.indexOf(name));
  expect(lines.map((line) => [line[from!], line[key!], Number(line[joined!])])).toEqual([
    [dates[2], '*', all.joined],
    ...rows.map((row) => [dates[2], row.key, row.joined]),
    [dates[1], '*', compared!.all.joined],
    ...compared!.rows.map((row) => [dates[1], row.key, row.joined]),
  ]);
});

/** The parts of a workbook by their names. */
const bookOf = async (path: string): Promise<Readonly<Record<string, string>>> => {
  const reply = await fetch(`${hall.nodes[0]!.address}/v1${path}`, { headers: hall.managers[0]!.headers });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toContain('spreadsheetml.sheet');
  expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="antrean-report-.*\.xlsx"$/);
  const parts = unzipSync(new Uint8Array(await reply.arrayBuffer()));
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, strFromU8(bytes)]));
};

test('[REPORT-8] the workbook has the lines of the table as numbers and days, and what the figures mean, in a language', async () => {
  const query = `from=${dates[0]}&to=${dates.at(-1)}&by=service&compare=before`;
  const [, ...lines] = linesOf(await get(`${ofHall}/report.csv?${query}`));
  const book = await bookOf(`${ofHall}/report.xlsx?${query}&language=id`);
  const sheet = book['xl/worksheets/sheet1.xml']!;
  expect(sheet.match(/<row /g)).toHaveLength(lines.length + 1);
  const strings = book['xl/sharedStrings.xml']!;
  expect(strings).toContain('Layanan');
  // Whatever a name begins with, nothing is reckoned.
  expect(strings).toContain('@SUM(A1)');
  for (const part of Object.values(book)) expect(part).not.toMatch(/<f[ >]/);
  // The first day of the period as spreadsheets count days, and the median wait as a part of one.
  const { all } = (await get(`${ofHall}/report?${query}`)).body as unknown as ReportView;
  const cells = [...sheet.matchAll(/<c r="([A-Z]+)2"[^>]*>(?:<v>([^<]*)<\/v>)?/g)].map(([, column, value]) => [
    column,
    value,
  ]);
  const values = Object.fromEntries(cells) as Record<string, string>;
  expect(Number(values.A)).toBe(Date.parse(dates[0]!) / 86_400_000 + 25_569);
  expect(Number(values.D)).toBe(all.joined);
  expect(Number(values.E)).toBe(all.wait.count);
  expect(Number(values.G) * 86_400).toBeCloseTo(all.wait.medianSeconds!, 3);
  expect(book['xl/workbook.xml']).toContain('name="Definisi"');
  expect(book['xl/worksheets/sheet2.xml']!.match(/<row /g)!.length).toBeGreaterThan(10);
  await new VisitLegs(hall.sql).catchUpAll();
  const country = await bookOf(`/report.xlsx?${query}&language=en`);
  expect(country['xl/sharedStrings.xml']).toContain('=1+1');
});

test('[REPORT-8] a period that is none is refused, and one without tickets makes a workbook of zeros', async () => {
  expectProblem(await get(`${ofHall}/report.xlsx?from=2026-03-09&to=2026-03-02`), 400, 'PERIOD_WRONG');
  const book = await bookOf(`${ofHall}/report.xlsx?from=2020-01-01&to=2020-01-02&by=service&serviceId=nowhere`);
  expect(book['xl/worksheets/sheet1.xml']!.match(/<row /g)).toHaveLength(2);
});

test('[REPORT-9] every leg is a line of a file, with the lengths that the report reckons with, and nobody is in it', async () => {
  const query = `from=${dates[0]}&to=${dates.at(-1)}`;
  const file = await get(`${ofHall}/legs.csv?${query}`);
  const [head, ...lines] = linesOf(file);
  const told = legs.filter(({ end }) => end !== 'void');
  expect(lines).toHaveLength(told.length);
  const column = (name: string) => lines.map((line) => line[head!.indexOf(name)]!);
  const inOrder = (values: readonly unknown[]) => values.map(String).sort();
  expect(inOrder(column('service_s'))).toEqual(
    inOrder(told.map(({ servedMs }) => (servedMs === null ? '' : servedMs / 1_000))),
  );
  expect(inOrder(column('queued_at'))).toEqual(inOrder(told.map(({ queuedAt }) => new Date(queuedAt).toISOString())));
  expect(new Set(column('visit')).size).toBe(new Set(told.map(({ ticketId }) => ticketId)).size);
  for (const who of ['agent-1', legs[0]!.ticketId]) expect(file.text).not.toContain(who);
  const some = linesOf(await get(`${ofHall}/legs.csv?${query}&serviceId=S-1&channel=phone`)).slice(1);
  expect(some).toHaveLength(told.filter(({ serviceId, channel }) => serviceId === 'S-1' && channel === 'phone').length);
  expect(linesOf(await get(`${ofHall}/legs.csv?${query}&serviceId=nowhere`))).toHaveLength(1);
  expectProblem(await get(`${ofHall}/legs.csv?from=2026-03-09&to=2026-03-02`), 400, 'PERIOD_WRONG');
});

test('[REPORT-9] of two hundred thousand legs no more is kept in memory than of a few', async () => {
  const columns = await hall.sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_name = 'visit_leg' and column_name <> 'business_day' order by ordinal_position`;
  const names = columns.map(({ name }) => name).join(', ');
  await hall.sql.unsafe(
    `insert into visit_leg (business_day, ${names})
     select date '2020-01-01' + n, ${names} from visit_leg cross join generate_series(0, 349) n
     where branch_id = $1 and business_day >= $2
     on conflict do nothing`,
    [branch, dates[0]!],
  );
  const [{ count } = { count: 0 }] = await hall.sql<{ count: number }[]>`
    select count(*)::int as count from visit_leg
    where branch_id = ${branch} and business_day between '2020-01-01' and '2020-12-31' and ending is distinct from 'void'`;
  expect(count).toBeGreaterThan(200_000);
  const path = `${hall.nodes[0]!.address}/v1${ofHall}/legs.csv?from=2020-01-01&to=2020-12-31`;
  const reply = await fetch(path, { headers: hall.managers[0]!.headers });
  expect(reply.status).toBe(200);
  let [lines, most, bytes, looked] = [0, 0, 0, 0];
  const kept = (): number => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = kept();
  for await (const piece of reply.body! as unknown as AsyncIterable<Uint8Array>) {
    lines += Buffer.from(piece).toString('latin1').split('\n').length - 1;
    bytes += piece.length;
    if (bytes - looked < 2e6) continue;
    looked = bytes;
    most = Math.max(most, kept() - before);
  }
  expect(lines).toBe(count + 1);
  expect(bytes).toBeGreaterThan(20e6);
  // All lines would be as much as the file, what they are made of five times as much.
  expect(most).toBeLessThan(10e6);
});

test('[REPORT-10] whoever was picked by hand is listed with who did so, when, over how many and why', async () => {
  const query = `from=${dates[0]}&to=${dates.at(-1)}`;
  const picks: OutOfTurnView['picks'] = [];
  for (let after: string | null = ''; after !== null;) {
    const answer = await get(`${ofHall}/out-of-turn?${query}${after === '' ? '' : `&after=${after}`}`);
    expect(answer.status, answer.text).toBe(200);
    expect(Value.Check(OutOfTurnView, answer.body)).toBe(true);
    const page: OutOfTurnView = answer.body as unknown as OutOfTurnView;
    picks.push(...page.picks);
    after = page.next;
  }
  const chosen = legs.filter(({ rule, end }) => rule === 'chosen' && end !== 'void');
  expect(picks).toHaveLength(of(dates).outOfTurn.count);
  expect(picks.map(({ at }) => at)).toEqual(chosen.map(({ calledAt }) => calledAt!).sort((a, b) => b - a));
  const numbers = new Map(
    events.flatMap(({ type, data }) => (type === 'ticket.issued' ? [[data.ticketId, data.number] as const] : [])),
  );
  for (const { day, ticketId, serviceId, queuedAt, calledAt } of chosen) {
    const called = events.find(
      ({ type, at, data }) => type === 'ticket.called' && at === calledAt && data.ticketId === ticketId,
    )!;
    const passed = legs.filter(
      (other) =>
        other.day === day &&
        other.serviceId === serviceId &&
        other.end !== 'void' &&
        other.queuedAt < queuedAt &&
        (other.calledAt ?? Infinity) > calledAt! &&
        (other.endedAt ?? Infinity) > calledAt!,
    );
    const { counterId, why } = called.data as { counterId: string; why: { reason?: string } };
    expect(picks).toContainEqual({
      ...{ day, at: calledAt, number: numbers.get(ticketId), serviceId, counterId, reason: why.reason ?? null },
      staffId: 'staffId' in called.actor ? called.actor.staffId : null,
      waitedMs: calledAt! - queuedAt,
      passed: passed.length,
    });
  }
  expect(picks.some(({ passed }) => passed > 0)).toBe(true);
  const some = (await get(`${ofHall}/out-of-turn?${query}&serviceId=S-1`)).body as unknown as OutOfTurnView;
  expect(some.picks).toHaveLength(chosen.filter(({ serviceId }) => serviceId === 'S-1').length);
  expectProblem(await get(`${ofHall}/out-of-turn?${query}&after=yesterday`), 400, 'INVALID');
});
