import { beginsAnew } from '@antrean/shared/views/begins-anew.ts';
import { sparedAt } from '@antrean/shared/views/spare-panel.ts';
import { expect, test } from 'vitest';

const hours = 60 * 60_000;
const at = (time: string, isOpen = false) => ({
  zone: 'Asia/Baku',
  now: Date.parse(`2026-11-27T${time}+04:00`),
  isOpen,
});

test('a TV begins anew at three at night of its hall, once, and never while the day is open', () => {
  expect(beginsAnew(at('03:00:00'), 20 * hours)).toBe(true);
  expect(beginsAnew(at('03:59:00'), 3 * hours)).toBe(true);
  expect(beginsAnew(at('03:59:00'), 0.9 * hours)).toBe(false);
  expect(beginsAnew(at('03:30:00', true), 20 * hours)).toBe(false);
  for (const time of ['02:59:59', '04:00:00', '13:30:00']) expect(beginsAnew(at(time), 20 * hours), time).toBe(false);
});

test('the picture of a TV moves by at most four dots a minute, comes back, and changes sides every day', () => {
  const hour = Array.from({ length: 60 }, (_, minute) => sparedAt(minute * 60_000, '2026-11-27'));
  for (const [index, { x, y }] of hour.entries()) {
    expect([Math.abs(x) <= 4, y >= 0 && y <= 4]).toEqual([true, true]);
    expect(hour[(index + 8) % 56]).toEqual(hour[index % 56]);
  }
  expect(new Set(hour.map(({ x, y }) => `${x} ${y}`)).size).toBe(8);
  expect(sparedAt(0, '2026-11-27').swaps).not.toBe(sparedAt(0, '2026-11-28').swaps);
});
