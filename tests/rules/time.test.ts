import { businessDate } from '@antrean/shared/domain/business-day.ts';
import { reachedAt } from '@antrean/shared/domain/local-time.ts';
import { isTimeToOpen, openOn } from '@antrean/shared/domain/opening-hours.ts';
import { Temporal } from 'temporal-polyfill';
import { afterAll, expect, test } from 'vitest';

/** A change of a zone's clocks: the instant, and how far local time is from UTC before and after, all ms. */
interface Change {
  readonly zone: string;
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const first = Temporal.Instant.from('2024-01-01T00:00:00Z');
const last = Temporal.Instant.from('2036-01-01T00:00:00Z').epochMilliseconds;

const changesOf = (zone: string): Change[] => {
  const changes: Change[] = [];
  let moment = first.toZonedDateTimeISO(zone);
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= last) return changes;
    const before = next.subtract({ nanoseconds: 1 }).offsetNanoseconds / 1e6;
    const after = next.offsetNanoseconds / 1e6;
    // Some are of a name or of summer time alone: the clocks stay as they are.
    if (before !== after) changes.push({ zone, at: next.epochMilliseconds, before, after });
    moment = next;
  }
};

const zones = Intl.supportedValuesOf('timeZone');
const changes = zones.flatMap(changesOf);
const counted = { businessDates: 0, spans: 0, openings: 0, shortDays: 0, longDays: 0, cutDays: 0 };
afterAll(() => {
  console.log(`${zones.length} zones, ${changes.length} clock changes of 2024 to 2035:`, counted);
});

/*
 * What is expected is told without Temporal: local time is UTC and an offset, here that before or after the one change
 * near by, written as ms since 1970 as if local time were UTC.
 */

/** The latest local time that the clocks have shown by an instant. */
const shownBy = ({ at, before, after }: Change, instant: number): number =>
  instant < at ? instant + before : Math.max(instant + after, at + before - 1);

/** When the clocks first show a local time, or jump over it. */
const firstShows = ({ at, before, after }: Change, local: number): number =>
  local - before < at ? local - before : Math.max(at, local - after);

const dateText = (local: number): string => new Date(local).toISOString().slice(0, 10);
const timeText = (local: number): string => new Date(local).toISOString().slice(11, 16);
const timeMs = (time: string): number => Number(time.slice(0, 2)) * hour + Number(time.slice(3)) * minute;
const startOf = (local: number): number => Math.floor(local / dayMs) * dayMs;

/** Around a change: a day and hours before and after, right before, at and after it, and within what is skipped or doubled. */
const instantsAround = ({ at, before, after }: Change): number[] => {
  const shift = Math.abs(after - before);
  const far = [-25 * hour, -dayMs, -2 * hour, -hour, -30 * minute, -1, 0, 1, 30 * minute, hour, 2 * hour, dayMs];
  return [...far, shift / 2, shift - 1, shift, 25 * hour].map((ms) => at + ms).sort((a, b) => a - b);
};

/** The middle of the time that is skipped or doubled: no clock shows it, or two do. */
const oddTime = ({ at, before, after }: Change): string => timeText(at + (before + after) / 2);

test('there are changes of every kind to try', () => {
  expect(zones.length).toBeGreaterThan(400);
  expect(changes.length).toBeGreaterThan(2_000);
  expect(changes.some(({ before, after }) => after > before)).toBe(true);
  expect(changes.some(({ before, after }) => after < before)).toBe(true);
  expect(changes.some(({ before, after }) => Math.abs(after - before) !== hour)).toBe(true);
  const overMidnight = ({ at, before, after }: Change) => dateText(at + before - 1) !== dateText(at + after);
  expect(changes.filter(overMidnight).length).toBeGreaterThan(20);
});

test('[DAY-1] each instant has its one business date, which never goes back, in every zone over every change', () => {
  for (const change of changes) {
    for (const dayStartsAt of ['00:00', '04:00', oddTime(change)]) {
      let date = '';
      for (const instant of instantsAround(change)) {
        const next = businessDate(instant, change.zone, dayStartsAt);
        const where = `${change.zone} ${new Date(instant).toISOString()} from ${dayStartsAt}`;
        expect(next, where).toBe(dateText(shownBy(change, instant) - timeMs(dayStartsAt)));
        expect(next >= date, where).toBe(true);
        date = next;
        counted.businessDates += 1;
      }
    }
  }
}, 60_000);

test('[HOURS-4] hours over a change last as long as the clocks make them, in every zone over every change', () => {
  for (const change of changes) {
    const { zone, at, before, after } = change;
    const odd = oddTime(change);
    // The dates on both sides of it, and hours that begin, end or break off within what is skipped or doubled.
    for (const midnight of new Set([startOf(at + before - 1), startOf(at + after)])) {
      const date = dateText(midnight);
      const all = [
        { opens: '00:00', closes: '23:59' },
        { opens: '00:00', closes: odd },
        { opens: odd, closes: '23:59' },
        { opens: '00:00', closes: '23:59', breaks: [{ from: odd, to: '23:58' }] },
      ].filter(({ opens, closes, breaks = [] }) => opens < closes && breaks.every(({ from, to }) => from < to));
      for (const each of all) {
        const hours = { week: {}, exceptions: [{ name: {}, from: date, to: date, week: everyDay(each) }] };
        const edges = [each.opens, ...(each.breaks ?? []).flatMap(({ from, to }) => [from, to]), each.closes];
        const [a, b, c, d] = edges.map((time) => firstShows(change, midnight + timeMs(time)));
        const expected = [[a, b], ...(each.breaks ? [[c, d]] : [])];
        expect(
          openOn(hours, zone, date).map(({ from, to }) => [from, to]),
          `${zone} ${date} ${JSON.stringify(each)}`,
        ).toEqual(expected.filter(([from, to]) => from! < to!));
        counted.spans += 1;
      }
      const [whole] = openOn({ week: everyDay({ opens: '00:00', closes: '23:59' }) }, zone, date);
      const isWithin = whole!.from < at && at < whole!.to;
      const isCut = at === whole!.from || at === whole!.to;
      if (!isCut) expect(whole!.to - whole!.from, date).toBe(dayMs - minute - (isWithin ? after - before : 0));
      counted.cutDays += isCut ? 1 : 0;
      counted.shortDays += !isCut && isWithin && after > before ? 1 : 0;
      counted.longDays += !isCut && isWithin && after < before ? 1 : 0;
    }
  }
}, 60_000);

const everyDay = <T>(hours: T) => ({
  monday: hours,
  tuesday: hours,
  wednesday: hours,
  thursday: hours,
  friday: hours,
  saturday: hours,
  sunday: hours,
});

test('[DAY-6] on the day of a change a hall opens half an hour before its hours, as its clocks then are', () => {
  for (const change of changes) {
    const { zone, at, after } = change;
    const midnight = startOf(at + after);
    const setup = { hours: { week: everyDay({ opens: '08:00', closes: '15:00' }) }, zone, dayStartsAt: '04:00' };
    for (const [time, opens] of [
      [timeMs('07:30') - 1, false],
      [timeMs('07:30'), true],
      [timeMs('15:00') - 1, true],
      [timeMs('15:00'), false],
    ] as const) {
      const instant = firstShows(change, midnight + time);
      expect(isTimeToOpen(setup, instant), `${zone} ${new Date(instant).toISOString()}`).toBe(opens);
      counted.openings += 1;
    }
  }
}, 60_000);

test('[HOURS-4] a date that a zone leaves out altogether has no hours', () => {
  // Samoa went over the date line and had no 30 December 2011.
  const hours = { week: everyDay({ opens: '08:00', closes: '15:00' }) };
  expect(openOn(hours, 'Pacific/Apia', '2011-12-30')).toEqual([]);
  expect(openOn(hours, 'Pacific/Apia', '2011-12-31')).toHaveLength(1);
  const [skipped, next] = ['2011-12-30', '2011-12-31'].map((date) => Temporal.PlainDate.from(date));
  expect(reachedAt(skipped!, '12:00', 'Pacific/Apia')).toBe(reachedAt(next!, '00:00', 'Pacific/Apia'));
});
