import {
  actionWithKey,
  isFreeKey,
  isLetterKey,
  type OwnKeyAction,
  putKey,
  readKeys,
  usualKeys,
} from '@antrean/shared/views/desk-keys.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const actions = Object.keys(usualKeys) as OwnKeyAction[];
const key = fc.oneof(
  fc.constantFrom('F2', 'F13', 'PageDown', '+', '7', 'r', 'R', 'ğ', 'ы', 'ArrowUp', 'AudioVolumeUp', '/', 'И'),
  fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
);

test('whatever is put where, each act has a key of its own that no other act has, and it does that act', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...actions), key), { maxLength: 30 }), (puts) => {
      let keys = usualKeys;
      for (const [action, put] of puts) {
        if (!isFreeKey(put)) continue;
        keys = putKey(keys, action, put);
        expect(actionWithKey(keys, put)).toBe(action);
      }
      expect(Object.keys(keys).sort()).toEqual([...actions].sort());
      for (const action of actions) expect(actionWithKey(keys, keys[action])).toBe(action);
      // Kept and read again they are the same.
      expect(readKeys(JSON.parse(JSON.stringify(keys)))).toEqual(keys);
    }),
  );
});

test('what was kept by another version, or by somebody else, is used as far as it can be', () => {
  for (const kept of [null, 5, 'x', [], { main: 7, other: 'Q', recall: ' ', start: '3' }])
    expect(readKeys(kept)).toEqual(usualKeys);
  const keys = readKeys({ main: 'F9', recall: 'F9' });
  expect(new Set(actions.map((action) => keys[action])).size).toBe(actions.length);
});

test('Space and the first five digits are not to be had; letters are known from keys with names', () => {
  expect(actionWithKey(usualKeys, ' ')).toBe('main');
  expect(actionWithKey(usualKeys, '5')).toBe('pick-5');
  for (const taken of [' ', '1', '5', 'Tab', 'Enter', 'Escape', 'Shift']) expect(isFreeKey(taken)).toBe(false);
  expect([isLetterKey('ы'), isLetterKey('F2'), isLetterKey(' ')]).toEqual([true, false, false]);
});
