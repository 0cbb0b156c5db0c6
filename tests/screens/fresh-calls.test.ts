import type { CallEntry } from '@antrean/shared/protocol/screens.ts';
import { freshCallMs, noCallsShown, noteCalls, type ShownCalls } from '@antrean/shared/views/fresh-calls.ts';
import { expect, test } from 'vitest';

const noon = 1_800_000_000_000;
const call = (calledAt: number, times = 1): CallEntry => ({
  number: 'A001',
  serviceId: 'S',
  counterId: 'C',
  language: 'en',
  calledAt,
  times,
  state: 'called',
});

test('a call is new once, and again when it is repeated', () => {
  const first = noteCalls(noCallsShown, [['a', call(noon)]], noon + 100);
  expect(first.fresh).toEqual(['a']);
  const again = noteCalls(first.shown, [['a', call(noon)]], noon + 200);
  expect(again.fresh).toEqual([]);
  const repeated = noteCalls(again.shown, [['a', call(noon + 10_000, 2)]], noon + 10_000);
  expect(repeated.fresh).toEqual(['a']);
});

test('a call of 30 s ago or more is shown without being new, as after a link that was lost', () => {
  const calls = [
    ['old', call(noon - freshCallMs)],
    ['young', call(noon - freshCallMs + 1)],
  ] as const;
  expect(noteCalls(noCallsShown, calls, noon).fresh).toEqual(['young']);
});

test('a call that left the board and came back is not new', () => {
  const first = noteCalls(noCallsShown, [['a', call(noon)]], noon);
  const without = noteCalls(first.shown, [], noon + 1_000);
  expect(noteCalls(without.shown, [['a', call(noon)]], noon + 2_000).fresh).toEqual([]);
});

test('what is remembered does not grow: only calls of the last 30 s', () => {
  let shown: ShownCalls = noCallsShown;
  for (let index = 0; index < 1_000; index++) {
    const now = noon + index * 1_000;
    ({ shown } = noteCalls(shown, [[`t${index}`, call(now)]], now));
  }
  expect(shown.size).toBe(freshCallMs / 1_000);
});
