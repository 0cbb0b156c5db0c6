import { hoursOn, isTimeToOpen } from '@antrean/shared/domain/opening-hours.ts';
import type { OpeningHours } from '@antrean/shared/domain/setup.ts';
import { expect, test } from 'vitest';

const eightToTwo = { opens: '08:00', closes: '14:00' };
const closed = {};
const hours: OpeningHours = {
  week: { monday: eightToTwo, tuesday: eightToTwo, friday: { opens: '08:00', closes: '11:00' } },
  exceptions: [
    { name: { en: 'Festival' }, from: '2026-08-10', to: '2026-08-23', week: { sunday: eightToTwo } },
    { name: { en: 'Parade' }, from: '2026-08-16', to: '2026-08-16', week: closed },
  ],
};

test.each([
  ['2026-08-03', 'a Monday', eightToTwo],
  ['2026-08-07', 'a Friday', { opens: '08:00', closes: '11:00' }],
  ['2026-08-08', 'a Saturday, which the week does not name', null],
  ['2026-08-09', 'the Sunday before the festival', null],
  ['2026-08-10', 'the first day of the festival, a Monday, which its week does not name', null],
  ['2026-08-16', 'a Sunday within it that a later exception covers too', null],
  ['2026-08-23', 'the Sunday on which the festival ends', eightToTwo],
  ['2026-08-24', 'the Monday after it', eightToTwo],
])('[DAY-6] the hours of %s: %s', (date, _, expected) => {
  expect(hoursOn(hours, date)).toEqual(expected);
});

const jakarta = { hours, zone: 'Asia/Jakarta', dayStartsAt: '04:00' };

test.each([
  ['2026-08-03T04:00:00+07:00', false],
  ['2026-08-03T07:29:59.999+07:00', false],
  ['2026-08-03T07:30:00+07:00', true],
  ['2026-08-03T13:59:59.999+07:00', true],
  ['2026-08-03T14:00:00+07:00', false],
  ['2026-08-03T22:00:00+07:00', false],
  ['2026-08-09T10:00:00+07:00', false],
  ['2026-08-16T10:00:00+07:00', false],
  ['2026-08-23T10:00:00+07:00', true],
])('[DAY-6] at %s a hall opens by itself: %s', (when, opens) => {
  expect(isTimeToOpen(jakarta, Date.parse(when))).toBe(opens);
});

test('[DAY-6] a hall whose day starts when it opens does not open the day before instead', () => {
  const early = { ...jakarta, dayStartsAt: '08:00' };
  expect(isTimeToOpen(early, Date.parse('2026-08-03T07:45:00+07:00'))).toBe(false);
  expect(isTimeToOpen(early, Date.parse('2026-08-03T08:00:00+07:00'))).toBe(true);
});

test('[DAY-6] hours are those of the hall, on the day its clocks change too', () => {
  const sunday = { opens: '08:00', closes: '14:00' };
  const berlin = { hours: { week: { sunday } }, zone: 'Europe/Berlin', dayStartsAt: '04:00' };
  for (const [when, opens] of [
    ['2026-03-29T05:29:00Z', false],
    ['2026-03-29T05:30:00Z', true],
    ['2026-10-25T06:29:00Z', false],
    ['2026-10-25T06:30:00Z', true],
  ] as const) {
    expect(isTimeToOpen(berlin, Date.parse(when)), when).toBe(opens);
  }
});
