import { keepDay } from '@antrean/server/jobs/keep-day.ts';
import { databaseClock } from '@antrean/server/ledger/database-clock.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

let hall: TestHall;

beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
});

afterAll(async () => {
  await hall.stop();
});

const daysOf = async (): Promise<string[]> => {
  const rows = await hall.sql<{ type: string; date: string }[]>`
    select type, data->>'date' as date from ticket_event where type like 'day.%' order by version`;
  return rows.map(({ type, date }) => `${type} ${date}`);
};

test('[DAY-5] two nodes that look at once, again and again, open the day of the zone once', async () => {
  const [one, two] = hall.nodes.map(({ halls }) => halls);
  const branchId = hall.branchId as BranchId;
  // Far ahead of the running jobs' own clock, so that they find the day kept already.
  const look = async (now: string): Promise<void> => {
    const looks = [one!, two!, one!, two!].map((halls) => keepDay(halls, branchId, Date.parse(now)));
    expect(await Promise.all(looks)).toEqual(expect.arrayContaining([expect.stringMatching(/^(kept|opened)$/)]));
  };
  await look('2099-06-01T03:59:59+07:00');
  const first = await daysOf();
  expect(first.at(-1)).toBe('day.opened 2099-05-31');
  await look('2099-06-01T03:59:59+07:00');
  expect(await daysOf()).toEqual(first);
  await look('2099-06-01T04:00:00+07:00');
  expect(await daysOf()).toEqual([...first, 'day.closed 2099-05-31', 'day.opened 2099-06-01']);
  await look('2099-05-30T12:00:00+07:00');
  expect(await daysOf()).toEqual([...first, 'day.closed 2099-05-31', 'day.opened 2099-06-01']);
});

test("[TIME-2] a node whose clock is an hour wrong reckons by the database's, and never goes back", async () => {
  for (const wrongMs of [-3_600_000, 0, 3_600_000]) {
    let moved = wrongMs;
    const clock = databaseClock(hall.sql, () => Date.now() + moved);
    await clock.measure();
    const [row] = await hall.sql<{ at: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`;
    expect(Math.abs(clock.now() - row!.at)).toBeLessThan(2_000);
    expect(Math.abs(clock.offsetMs() + wrongMs)).toBeLessThan(2_000);
    const before = clock.now();
    moved -= 600_000;
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  }
});
