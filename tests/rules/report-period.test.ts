import { periodAfter, periodAround, periodBefore, periodCompared } from '@antrean/shared/domain/report-period.ts';
import { expect, test } from 'vitest';

test('[REPORT-21] a period is a day, a week from Monday to Sunday, or a month, over the ends of months and years', () => {
  expect(periodAround('day', '2026-11-29')).toEqual({ from: '2026-11-29', to: '2026-11-29' });
  // ISO 8601: the week of New Year's Day 2027, a Friday, began in the year before.
  expect(periodAround('week', '2027-01-01')).toEqual({ from: '2026-12-28', to: '2027-01-03' });
  expect(periodAround('week', '2026-11-29')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
  expect(periodAround('week', '2026-11-30')).toEqual({ from: '2026-11-30', to: '2026-12-06' });
  expect(periodAround('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(periodAfter('day', { from: '2026-12-31', to: '2026-12-31' }).from).toBe('2027-01-01');
  expect(periodAfter('month', periodAround('month', '2026-12-31'))).toEqual({ from: '2027-01-01', to: '2027-01-31' });
  expect(periodBefore('month', periodAround('month', '2026-03-31'))).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(periodBefore('week', periodAround('week', '2026-03-01'))).toEqual({ from: '2026-02-16', to: '2026-02-22' });
});

test('[REPORT-21] a day is compared with the same weekday, a week and a month with the one before', () => {
  expect(periodCompared('day', periodAround('day', '2026-03-02')).from).toBe('2026-02-23');
  expect(periodCompared('week', periodAround('week', '2026-03-02'))).toEqual({ from: '2026-02-23', to: '2026-03-01' });
  expect(periodCompared('month', periodAround('month', '2026-03-02'))).toEqual({
    from: '2026-02-01',
    to: '2026-02-28',
  });
});

test('[REPORT-21] one period follows another without a gap, for years', () => {
  for (const every of ['day', 'week', 'month'] as const) {
    let period = periodAround(every, '2023-12-25');
    for (let count = 0; count < 60; count++) {
      const next = periodAfter(every, period);
      expect((Date.parse(next.from) - Date.parse(period.to)) / 86_400_000).toBe(1);
      expect(periodBefore(every, next)).toEqual(period);
      period = next;
    }
  }
});
