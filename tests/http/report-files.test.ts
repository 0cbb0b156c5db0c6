import { VisitLegs } from '@antrean/server/insight/keep-legs.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { ReportView } from '@antrean/shared/protocol/report.ts';
import { strFromU8, unzipSync } from 'fflate';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { twoAgencies } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { blueprint, branch, dates, events, legs, reckoned } from './made-days.ts';

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
