import { businessDate } from '@antrean/shared/domain/business-day.ts';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';

const instant = (text: string): number => Date.parse(text);

test.each([
  ['Asia/Jakarta', '2026-08-18T03:59:59.999+07:00', '2026-08-17'],
  ['Asia/Jakarta', '2026-08-18T04:00:00.000+07:00', '2026-08-18'],
  ['Asia/Jakarta', '2026-08-18T23:59:59.999+07:00', '2026-08-18'],
  ['Asia/Jakarta', '2026-08-19T00:30:00.000+07:00', '2026-08-18'],
  ['Asia/Jayapura', '2026-08-17T19:00:00.000Z', '2026-08-18'],
  ['Asia/Baku', '2026-01-01T00:00:00.000+04:00', '2025-12-31'],
  ['Asia/Baku', '2024-03-01T03:00:00.000+04:00', '2024-02-29'],
  ['Pacific/Kiritimati', '2026-08-18T04:00:00.000+14:00', '2026-08-18'],
  ['America/New_York', '2026-08-18T07:59:00.000Z', '2026-08-17'],
])('[DAY-1] in %s at %s it is the business day %s', (zone, when, date) => {
  expect(businessDate(instant(when), zone, '04:00')).toBe(date);
});

test('[DAY-1] a hall whose day starts at midnight follows the calendar', () => {
  expect(businessDate(instant('2026-08-18T00:00:00+07:00'), 'Asia/Jakarta', '00:00')).toBe('2026-08-18');
  expect(businessDate(instant('2026-08-17T23:59:59+07:00'), 'Asia/Jakarta', '00:00')).toBe('2026-08-17');
});

test.each([
  // Clocks go forward at 02:00 / back at 03:00: the day that starts at 02:30 has no 02:30, and two of them.
  ['Europe/Berlin', '2026-03-29', '02:30'],
  ['Europe/Berlin', '2026-10-25', '02:30'],
  ['America/New_York', '2026-03-08', '04:00'],
  ['America/New_York', '2026-11-01', '01:30'],
  ['Australia/Lord_Howe', '2026-04-05', '04:00'],
  // The Azores fall back over midnight; Baku gave clock changes up in 2016.
  ['Atlantic/Azores', '2026-10-25', '00:30'],
  ['Asia/Baku', '2015-10-25', '04:00'],
])('[DAY-1] around the clock change in %s of %s with a day from %s no day is skipped', (zone, date, startsAt) => {
  const noon = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
  const dates = new Set<string>();
  for (let minute = -48 * 60; minute <= 48 * 60; minute += 15) {
    dates.add(businessDate(noon.epochMilliseconds + minute * 60_000, zone, startsAt));
  }
  const around = [-2, -1, 0, 1, 2].map((days) => Temporal.PlainDate.from(date).add({ days }).toString());
  expect([...dates]).toEqual(expect.arrayContaining(around));
  expect(dates.size).toBeLessThanOrEqual(around.length);
});

test('[DAY-1] clocks that are set back over midnight do not bring the day before again', () => {
  // Until 2011 Newfoundland set them back a minute after midnight, to a minute after eleven.
  const date = (text: string) => businessDate(instant(text), 'America/St_Johns', '00:00');
  expect(date('2010-11-06T23:59:59-02:30')).toBe('2010-11-06');
  expect(date('2010-11-07T00:00:30-02:30')).toBe('2010-11-07');
  expect(date('2010-11-06T23:30:00-03:30')).toBe('2010-11-07');
  expect(date('2010-11-07T00:00:00-03:30')).toBe('2010-11-07');
});

/** Zones of the product's halls and those with the strangest clocks; each transition of ten years is walked over. */
const zones = [
  'Asia/Jakarta',
  'Asia/Makassar',
  'Asia/Baku',
  'Europe/Moscow',
  'America/St_Johns',
  'Australia/Lord_Howe',
];
const moreZones = [
  'America/New_York',
  'Europe/Berlin',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Antarctica/Troll',
  'Africa/Cairo',
];

test('[DAY-1] with a day from 04:00 the business day never goes back, over every clock change of 2024 to 2034', () => {
  let changes = 0;
  for (const zone of [...zones, ...moreZones]) {
    let moment = Temporal.Instant.from('2024-01-01T00:00:00Z').toZonedDateTimeISO(zone);
    for (;;) {
      const next = moment.getTimeZoneTransition('next');
      if (!next || next.year > 2034) break;
      changes += 1;
      let before = '';
      for (let minute = -26 * 60; minute <= 26 * 60; minute += 30) {
        const date = businessDate(next.epochMilliseconds + minute * 60_000, zone, '04:00');
        expect(date >= before, `${zone}: ${before} then ${date}`).toBe(true);
        before = date;
      }
      moment = next;
    }
  }
  expect(changes).toBeGreaterThan(100);
});
