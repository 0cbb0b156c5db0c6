import { keepDay } from '@antrean/server/jobs/keep-day.ts';
import { databaseClock } from '@antrean/server/ledger/database-clock.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

let hall: TestHall;

// 2099-06-01 is a Monday.
const week = { monday: { opens: '08:00', closes: '14:00' }, tuesday: { opens: '08:00', closes: '14:00' } };

beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2, blueprint: { ...plainHall, hours: { week } } });
});

afterAll(async () => {
  await hall.stop();
});

const daysOf = async (): Promise<string[]> => {
  const rows = await hall.sql<{ type: string; date: string }[]>`
    select type, data->>'date' as date from ticket_event where type like 'day.%' order by version`;
  return rows.map(({ type, date }) => `${type} ${date}`);
};

/** Both nodes look several times at once. Far ahead of the running jobs' own clock, which find the day kept already. */
const look = async (now: string): Promise<void> => {
  const [one, two] = hall.nodes.map(({ halls }) => halls);
  const looks = [one!, two!, one!, two!].map((halls) => keepDay(halls, hall.branchId as BranchId, Date.parse(now)));
  expect(await Promise.all(looks)).toEqual(expect.arrayContaining([expect.stringMatching(/^(kept|opened)$/)]));
};

test('[DAY-5] [DAY-6] two nodes that look at once, again and again, open the day of the zone once, when its hours are near', async () => {
  await look('2099-06-01T07:30:00+07:00');
  const monday = await daysOf();
  expect(monday.at(-1)).toBe('day.opened 2099-06-01');
  await look('2099-06-01T13:00:00+07:00');
  // Past its hours people may still be served; the day is closed by hand, or when it is over.
  await look('2099-06-02T03:59:59+07:00');
  expect(await daysOf()).toEqual(monday);
  await look('2099-06-02T04:00:00+07:00');
  await look('2099-06-02T07:29:59+07:00');
  expect(await daysOf()).toEqual([...monday, 'day.closed 2099-06-01']);
  await look('2099-06-02T07:30:00+07:00');
  const tuesday = [...monday, 'day.closed 2099-06-01', 'day.opened 2099-06-02'];
  expect(await daysOf()).toEqual(tuesday);
  await look('2099-06-01T12:00:00+07:00');
  expect(await daysOf()).toEqual(tuesday);
  await look('2099-06-03T10:00:00+07:00');
  expect(await daysOf()).toEqual([...tuesday, 'day.closed 2099-06-02']);
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
