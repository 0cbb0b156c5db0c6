import type { DeviceView } from '@antrean/shared/protocol/devices.ts';
import { soundTestResult } from '@antrean/shared/views/say-sound-test.ts';
import { expect, test } from 'vitest';

const now = Date.parse('2026-06-01T03:42:00Z');
const seconds = (count: number): number => now - count * 1_000;

const tv = (soundTest: DeviceView['soundTest'], seenAt = seconds(20)): DeviceView => ({
  id: 'tv',
  kind: 'display',
  name: 'TV',
  area: null,
  screenId: null,
  printerId: null,
  address: '10.0.0.9',
  browser: '',
  approvedAt: 0,
  seenAt,
  health: null,
  soundTest,
});
const resultOf = (device: DeviceView) => soundTestResult(device, 'Asia/Jakarta', now);

test('[VOICE-8] a test is waited for ten seconds; then there was no answer, or the TV is not there at all', () => {
  const asked = (ago: number) => ({ askedAt: seconds(ago), answer: null, answeredAt: null });
  expect(resultOf(tv(asked(9)))).toEqual({ state: 'open', key: 'devices.soundAsked' });
  expect(resultOf(tv(asked(10)))).toEqual({ state: 'bad', key: 'devices.soundUnanswered', values: { seconds: 10 } });
  expect(resultOf(tv(asked(1), seconds(120)))).toEqual({ state: 'bad', key: 'devices.soundAway' });
});

test('[VOICE-8] what was heard is said with the hour of the hall; what never ended is said so', () => {
  const answered = (answer: 'begun' | 'played' | 'blocked', ago = 5) => ({
    askedAt: seconds(ago + 1),
    answer,
    answeredAt: seconds(ago),
  });
  expect(resultOf(tv(answered('played')))).toMatchObject({ state: 'good', values: { time: '10:41' } });
  expect(resultOf(tv(answered('blocked')))).toMatchObject({ state: 'bad', key: 'devices.soundTestBlocked' });
  expect(resultOf(tv(answered('begun')))).toMatchObject({ state: 'open', key: 'devices.soundBegun' });
  expect(resultOf(tv(answered('begun', 181)))).toMatchObject({ state: 'bad', key: 'devices.soundCutOff' });
  // Of yesterday's test nothing is said any more.
  expect(resultOf(tv(answered('played', 13 * 3_600)))).toBeNull();
  expect(resultOf(tv(null))).toBeNull();
});
