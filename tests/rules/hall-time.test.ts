import { keepDay } from '@antrean/server/jobs/keep-day.ts';
import { databaseClock } from '@antrean/server/ledger/database-clock.ts';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

let hall: TestHall;

// After today, so that the running jobs, which go by the real clock, find the day kept already; and within the week (DAY-7).
const dateIn = (days: number): string =>
  businessDate(Date.now() + days * 86_400_000, plainHall.zone, plainHall.dayStartsAt);
const [first, second, third] = [dateIn(2), dateIn(3), dateIn(4)];
const served = { opens: '08:00', closes: '14:00' };
const week = {
  monday: served,
  tuesday: served,
  wednesday: served,
  thursday: served,
  friday: served,
  saturday: served,
  sunday: served,
};
const exceptions = [{ name: { en: 'Holiday' }, from: third, to: third, week: {} }];

beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2, blueprint: { ...plainHall, hours: { week, exceptions } } });
});

afterAll(async () => {
  await hall.stop();
});

const daysOf = async (): Promise<string[]> => {
  const rows = await hall.sql<{ type: string; date: string }[]>`
    select type, data->>'date' as date from ticket_event where type like 'day.%' order by version`;
  return rows.map(({ type, date }) => `${type} ${date}`);
};

/** Both nodes look several times at once, at a time of the hall. */
const look = async (when: string): Promise<void> => {
  const now = Temporal.PlainDateTime.from(when).toZonedDateTime(plainHall.zone).epochMilliseconds;
  const [one, two] = hall.nodes.map(({ halls }) => halls);
  const looks = [one!, two!, one!, two!].map((halls) => keepDay(halls, hall.branchId as BranchId, now));
  expect(await Promise.all(looks)).toEqual(expect.arrayContaining([expect.stringMatching(/^(kept|opened)$/)]));
};

test('[DAY-5] [DAY-6] two nodes that look at once, again and again, open the day of the zone once, when its hours are near', async () => {
  await look(`${first}T07:30:00`);
  const before = await daysOf();
  expect(before.at(-1)).toBe(`day.opened ${first}`);
  await look(`${first}T13:00:00`);
  // Past its hours people may still be served; the day is closed by hand, or when it is over.
  await look(`${second}T03:59:59`);
  expect(await daysOf()).toEqual(before);
  await look(`${second}T04:00:00`);
  await look(`${second}T07:29:59`);
  expect(await daysOf()).toEqual([...before, `day.closed ${first}`]);
  await look(`${second}T07:30:00`);
  const after = [...before, `day.closed ${first}`, `day.opened ${second}`];
  expect(await daysOf()).toEqual(after);
  await look(`${first}T12:00:00`);
  expect(await daysOf()).toEqual(after);
  await look(`${third}T10:00:00`);
  expect(await daysOf()).toEqual([...after, `day.closed ${second}`]);
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
