import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import type { RecordedVisit } from '@antrean/server/rehearsal/recorded-day.ts';
import { expect, onTestFinished, test } from 'vitest';
import { classicNames, constantOf } from '../load/classic-waits.ts';
import { figuresOf, type SaidWait, sayWaits, type WaitFigures } from '../load/evaluate-waits.ts';
import { madeDays } from '../load/made-days.ts';
import { smallDays, writeRecord } from '../rehearsal/small-day.ts';

const usual = { agents: 8, load: 0.9, meanServiceSeconds: 170, patienceSeconds: 900 };
const oneDesk = madeDays({ seed: 11, days: Array.from({ length: 8 }, () => ({ ...usual, agents: 1 })) });

/** The limits that what we say is held to. */
const expectWithinLimits = ({ model, classics }: WaitFigures): void => {
  const best = (key: 'mae' | 'pinball90') => Math.min(...classicNames.map((name) => classics[name][key]));
  expect(model.mae).toBeLessThanOrEqual(best('mae'));
  expect(model.pinball90).toBeLessThanOrEqual(0.88 * best('pinball90'));
  expect(model.underP90).toBeGreaterThanOrEqual(0.88);
  expect(model.underP90).toBeLessThanOrEqual(0.92);
};

test('[WAIT-1] on made days of one desk: nearer than the classics, nine of ten under P90', () => {
  const figures = figuresOf(sayWaits(oneDesk));
  console.log('one desk:', figures.model, figures.classics.position);
  expectWithinLimits(figures);
});

test.each([
  ['nothing changes', {}, {}],
  ['three agents', { agents: 3, load: 0.8 }, { agents: 3, load: 0.8 }],
  ['twenty agents and all they can serve', { agents: 20, load: 1 }, { agents: 20, load: 1 }],
  ['more people than can be served', { load: 1.2 }, { load: 1.2 }],
  [
    'services of twenty minutes',
    { meanServiceSeconds: 1_200, patienceSeconds: 7_200 },
    { meanServiceSeconds: 1_200, patienceSeconds: 7_200 },
  ],
  ['twice the arrivals from one day to the next', { load: 0.7 }, { load: 1.4 }],
  ['half the agents from one day to the next', {}, { agents: 4, load: 1.3 }],
  ['services twice as long from one day to the next', { load: 0.7 }, { meanServiceSeconds: 340, load: 1.2 }],
  ['services half as long from one day to the next', {}, { meanServiceSeconds: 85 }],
])('[WAIT-1] P90 stays honest on made days: %s', (name, before, after) => {
  const days = [before, before, before, after, after, after].map((change) => ({ ...usual, ...change }));
  const said = sayWaits(madeDays({ seed: 11, days }));
  const { model, classics } = figuresOf(said);
  const toPosition = (100 * (model.mae / classics.position.mae - 1)).toFixed(0);
  console.log(
    `${name}: ${(100 * model.underP90).toFixed(1)} % under P90, mean error ${toPosition} % over the classic's`,
  );
  for (const part of [said, said.filter(({ day }) => day > 3)]) {
    const { underP90 } = figuresOf(part).model;
    expect(underP90).toBeGreaterThanOrEqual(0.87);
    expect(underP90).toBeLessThanOrEqual(0.93);
  }
});

const file =
  process.env.ANTREAN_RECORDED_DAYS ??
  fileURLToPath(new URL('../../../shared/data/bank-1999-02a.csv', import.meta.url));
const isThere = existsSync(file);
if (!isThere) console.log(`not run: there are no real recorded days at ${file} (ANTREAN_RECORDED_DAYS)`);

test.skipIf(!isThere)(
  '[WAIT-1] on real days of a service desk: within the limits, and on either half of them',
  async () => {
    const said = sayWaits((await readRecordedDays(file)).days);
    expectWithinLimits(figuresOf(said));
    expectWithinLimits(figuresOf(said.filter(({ day }) => day <= 7)));
    expectWithinLimits(figuresOf(said.filter(({ day }) => day > 7)));
  },
);

const callOf = ({ arrivedAt, waitedSeconds }: RecordedVisit): number => arrivedAt + waitedSeconds;
const endOf = (visit: RecordedVisit): number => callOf(visit) + (visit.served?.serviceSeconds ?? 0);

/** The same day up to `cut`; whoever is called after it waits twice as long, and what ends after it lasts longer. */
const otherwiseAfter = (visits: readonly RecordedVisit[], cut: number): RecordedVisit[] =>
  visits.map((visit): RecordedVisit => {
    if (endOf(visit) <= cut) return visit;
    const { served, waitedSeconds } = visit;
    return {
      ...visit,
      waitedSeconds: callOf(visit) > cut ? 2 * waitedSeconds : waitedSeconds,
      ...(served && { served: { ...served, serviceSeconds: 3 * served.serviceSeconds } }),
    };
  });

test('[WAIT-4] nothing that ends later bears on what is said', () => {
  const [visits = []] = madeDays({ seed: 11, days: [{ ...usual, load: 1.2 }] }).values();
  let stillWaiting = 0;
  for (let index = 50; index < 700; index += 65) {
    const cut = visits[index]!.arrivedAt;
    const there = visits.filter(({ arrivedAt }) => arrivedAt <= cut);
    const asked = there.filter(({ outcome, waitedSeconds }) => outcome === 'served' && waitedSeconds > 0);
    stillWaiting += asked.filter((visit) => callOf(visit) > cut).length;
    const saidBefore = (day: readonly RecordedVisit[]) =>
      sayWaits(new Map([[1, day]]))
        .slice(0, asked.length)
        .map(({ p50, p90, restsOn, classics }) => ({ p50, p90, restsOn, classics }));
    expect(saidBefore(otherwiseAfter(visits, cut))).toEqual(saidBefore(visits));
  }
  expect(stillWaiting).toBeGreaterThan(20);
});

const said = (waited: number, p50: number, p90: number, position: number): SaidWait => ({
  day: 1,
  waited,
  p50,
  p90,
  restsOn: sayWaits(oneDesk)[0]!.restsOn,
  classics: { position, lastEntered: position, headOfLine: 0, zero: 0 },
});

test('the figures are those that their names say', () => {
  const { model, classics } = figuresOf([said(10, 20, 30, 10), said(60, 40, 50, 10)]);
  expect(model).toEqual({
    mae: 15,
    medianAe: 15,
    underP50: 0.5,
    underP90: 0.5,
    pinball90: (0.1 * 20 + 0.9 * 10) / 2,
    n: 2,
  });
  expect(classics.position).toEqual({ mae: 25, medianAe: 25, underP90: 1, pinball90: 0.1 * 25, constant: 6 });
  expect(classics.zero).toMatchObject({ mae: 35, underP90: 0, pinball90: 0.9 * 35 });
});

test('a classic has the constant that puts nine of ten under it, or where none does, the least loss', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(constantOf(waits, Array<number>(10).fill(2))).toBe(4.5);
  expect(constantOf(waits, [0, 0, ...Array<number>(8).fill(2)])).toBe(5);
  expect(constantOf(waits, Array<number>(10).fill(0))).toBe(1);
});

const benchWaits = (...args: string[]) =>
  promisify(execFile)(process.execPath, [
    fileURLToPath(new URL('../../server/command-line/antrean.ts', import.meta.url)),
    'bench-waits',
    ...args,
  ]).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );

test('the command prints a table and writes the figures', async () => {
  const record = writeRecord(smallDays());
  const folder = mkdtempSync(join(tmpdir(), 'antrean-waits-'));
  onTestFinished(() => {
    record.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const { code, stdout } = await benchWaits(record.file, '--json', join(folder, 'waits.json'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ours +[\d.]+ s +[\d.]+ s +[\d.]+ % +[\d.]+ % +[\d.]+ s$/m);
  for (const name of classicNames) expect(stdout).toContain(`\n${name} `);
  const figures = JSON.parse(readFileSync(join(folder, 'waits.json'), 'utf8')) as WaitFigures;
  expect(figures).toEqual(figuresOf(sayWaits((await readRecordedDays(record.file)).days)));
  expect(Object.keys(figures.model)).toEqual(['mae', 'medianAe', 'underP50', 'underP90', 'pinball90', 'n']);
  expect(Object.keys(figures.classics)).toEqual([...classicNames]);
});

test('a file that is not there, is broken, or has no wait is named with what to do', async () => {
  const broken = writeRecord(smallDays().replace('USUAL,0,', 'USUAL,often,'));
  const [header, line] = smallDays().split('\n');
  const nobody = writeRecord(`${header}\n${line!.replace(/,1,\d+,served/, ',0,0,served')}\n`);
  onTestFinished(() => {
    broken.remove();
    nobody.remove();
  });
  const cases = [
    ['/nowhere/days.csv', 'cannot be read (ENOENT)'],
    [broken.file, 'column priority: is "often"'],
    [nobody.file, 'nobody waited and was served'],
  ] as const;
  for (const [path, says] of cases) {
    const { code, stdout, stderr } = await benchWaits(path);
    expect({ code, stdout }, path).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')} cannot be evaluated\\.\n`));
    expect(stderr).toContain(says);
  }
});
