import { examineHall } from '@antrean/server/rehearsal/examine-hall.ts';
import { matchToHall } from '@antrean/server/rehearsal/hall-of-record.ts';
import { chooseDay, readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import { recordedDesk } from '@antrean/server/rehearsal/recorded-desk.ts';
import { replayDay, type ReplayResult } from '@antrean/server/rehearsal/replay.ts';
import { reportLines, tallyOf, waitsOf } from '@antrean/server/rehearsal/report.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound } from '../harness/expect-sound.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startLossyProxy } from './lossy-proxy.ts';
import { smallDays, writeRecord } from './small-day.ts';

const { file, remove } = writeRecord(smallDays());
const record = await readRecordedDays(file);
const { visits } = chooseDay(file, record, 1);
const { blueprint, hall } = recordedDesk(record);
/** Twenty minutes in ten seconds. */
const speed = 120;
let running: TestHall;

beforeAll(async () => {
  running = await startTestHall({ blueprint });
});
afterAll(async () => {
  await running.stop();
  remove();
});

const replay = (run: string, address = running.nodes[0]!.address, signal = new AbortController().signal) =>
  replayDay({
    address,
    account: { login: 'manager', password: running.managerPassword },
    hall,
    visits,
    speed,
    run,
    signal,
  });

const issuedInLedger = async (): Promise<number> => {
  const [row] = await running.sql<[{ count: number }]>`
    select count(*)::int as count from ticket_event where branch_id = ${hall.branchId} and type = 'ticket.issued'`;
  return row.count;
};

const countersOpen = async (): Promise<string[]> => [
  ...(await running.nodes[0]!.halls.branch(hall.branchId as BranchId)).hall.counters.keys(),
];

const everybodyIsAccountedFor = (result: ReplayResult): void => {
  const tally = tallyOf(result.journal);
  expect(result.endedEarly).toBeNull();
  expect(tally).toMatchObject({ recorded: 40, issued: 40, refused: 0, open: 0, unanswered: 0, notSent: 0 });
  expect(tally.served + tally.abandoned).toBe(40);
  expect(result.check).toMatchObject({ asked: 40, right: 40, wrong: [] });
};

test('a day is replayed to its end: every visitor is served or has left, and the ledger has them all', async () => {
  const before = await issuedInLedger();

  const result = await replay('whole-day');

  everybodyIsAccountedFor(result);
  expect(await issuedInLedger()).toBe(before + 40);
  expect(await countersOpen(), 'the replay closes its counters').toEqual([]);
  const place = { databaseUrl: running.databaseUrl, redisUrl: running.redis.url, branchId: hall.branchId };
  const examined = await examineHall(place);
  expect(examined).toMatchObject({ wrong: 0 });
  expect(examined.lines.join()).toContain('nothing is missing or wrong');
  const waits = waitsOf(result);
  expect(waits.recorded.count).toBe(visits.filter(({ outcome }) => outcome === 'served').length);
  expect(waits.here.count).toBe(tallyOf(result.journal).served);
  expect(waits.here.p90).toBeGreaterThanOrEqual(waits.here.median);
  const report = reportLines(result).join('\n');
  expect(report).toContain('Replayed to the end.');
  expect(report).toContain('Check over the API: 40 of 40 tickets are there');
});

test('answers that are lost are asked for again, and nobody is issued, called or finished twice', async () => {
  const before = await issuedInLedger();
  const proxy = await startLossyProxy(running.nodes[0]!.address, 9);

  const result = await replay('lost-answers', proxy.address);

  everybodyIsAccountedFor(result);
  expect(proxy.lost()).toBeGreaterThan(5);
  expect(result.repeats).toBeGreaterThanOrEqual(5);
  expect(await issuedInLedger()).toBe(before + 40);
  await proxy.close();
  await expectSound(running);
});

test('a run that was stopped by hand reports so far, closes its counters, and goes on under its name', async () => {
  const before = await issuedInLedger();
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 4_000);

  const first = await replay('broken-off', undefined, stop.signal);
  const soFar = tallyOf(first.journal);
  expect(first.endedEarly).toBe('stopped by hand');
  expect(soFar.notSent).toBeGreaterThan(0);
  expect(soFar.issued).toBeGreaterThan(0);
  expect(first.check).toMatchObject({ asked: soFar.issued, right: soFar.issued });
  expect(await countersOpen()).toEqual([]);
  expect(await issuedInLedger()).toBe(before + soFar.issued);

  const second = await replay('broken-off');
  everybodyIsAccountedFor(second);
  expect(await issuedInLedger(), 'whoever was issued before is not issued again').toBe(before + 40);
});

test('when the server is gone the replay ends by itself and says why', async () => {
  const lonely = await startLossyProxy(running.nodes[0]!.address, 1_000_000);
  const gone = replayDay({
    address: lonely.address,
    account: { login: 'manager', password: running.managerPassword },
    hall,
    visits,
    speed,
    run: 'gone',
    signal: new AbortController().signal,
    patienceMs: 1_500,
  });
  setTimeout(() => void lonely.close(), 3_000);

  const result = await gone;

  expect(result.endedEarly).toContain('does not answer');
  expect(result.check.failure).toContain('does not answer');
  expect(reportLines(result).join('\n')).toContain('Ended early');
});

test('a wrong password ends it before anything is sent', async () => {
  const before = await issuedInLedger();

  await expect(
    replayDay({
      address: running.nodes[0]!.address,
      account: { login: 'manager', password: 'not this one' },
      hall,
      visits,
      speed,
      run: 'nobody',
      signal: new AbortController().signal,
    }),
  ).rejects.toThrow('cannot sign in as manager');
  expect(await issuedInLedger()).toBe(before);
});

test('the hall made of a record is a blueprint without a fault, and the same each time', () => {
  const again = recordedDesk(record).blueprint;

  expect(again).toEqual(blueprint);
  expect(parseBlueprint(writeBlueprint(blueprint))).toMatchObject({ blueprint });
  expect(blueprint.services.map(({ name }) => name.en)).toEqual(['USUAL', 'NEW']);
  expect(blueprint.priorities.map(({ id }) => id)).toEqual(['priority-1', 'priority-2']);
});

test('a borrowed hall stands in by rule: its best served services, its free counters, its classes in turn', () => {
  const branch = {
    id: 'town',
    services: ['S-1', 'S-2', 'S-3'].map((id) => ({ id })),
    counters: [
      { id: 'C-1', number: 1, serves: ['S-1', 'S-2', 'S-3'] },
      { id: 'C-2', number: 2, serves: ['S-2'] },
      { id: 'C-3', number: 3, serves: ['S-2', 'S-3'] },
      { id: 'C-4', number: 4, serves: ['S-1'] },
    ],
    priorities: [{ id: 'elderly' }],
    rules: { confirmsArrival: false, callNextFinishes: true },
  } as unknown as BranchView;

  const borrowed = matchToHall(visits, branch, (counterId) => counterId !== 'C-1');

  expect(borrowed.isOnePress).toBe(true);
  expect(borrowed.serviceOf('USUAL'), 'two free counters serve it').toBe('S-2');
  expect(borrowed.serviceOf('NEW'), 'one each: the order of the hall').toBe('S-1');
  expect(borrowed.counters.map(({ id }) => id)).toEqual(['C-2', 'C-3', 'C-4']);
  expect([0, 1, 2].map((priority) => borrowed.priorityOf(priority))).toEqual([null, 'elderly', 'elderly']);
});
