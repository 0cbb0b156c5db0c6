import { isQuiet } from '@antrean/shared/views/is-quiet.ts';
import { expect, test } from 'vitest';

/** In Jakarta, seven hours ahead of UTC. */
const at = (time: string): number => Date.parse(`2027-03-01T${time}:00+07:00`);
const quietAt = (quiet: { from: string; to: string } | undefined, time: string): boolean =>
  isQuiet(quiet, 'Asia/Jakarta', at(time));

test('[VOICE-6] between its quiet hours a hall makes no sound, by its own clock and past midnight too', () => {
  const noon = { from: '11:45', to: '13:00' };
  expect(['11:44', '11:45', '12:59', '13:00'].map((time) => quietAt(noon, time))).toEqual([false, true, true, false]);
  const night = { from: '22:00', to: '06:00' };
  expect(['21:59', '22:00', '00:00', '05:59', '06:00'].map((time) => quietAt(night, time))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(quietAt(undefined, '03:00')).toBe(false);
  expect(quietAt({ from: '08:00', to: '08:00' }, '08:00')).toBe(false);
});
