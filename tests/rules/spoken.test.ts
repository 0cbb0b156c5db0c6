import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import { translator } from '@antrean/shared/locales/translate.ts';
import { clipsOfText, partsOfText } from '@antrean/shared/views/spoken-clips.ts';
import { sayControl, sayPage, spokenKey, stepTo } from '@antrean/shared/views/spoken-page.ts';
import { expect, test } from 'vitest';

const say = translator('en', en);
const control = { texts: ['Registration of birth', '5 people waiting'], isShut: false, at: 2, of: 7 };

test('[SPOKEN-1] a control is said with what stands on it, its state and its place', () => {
  expect(sayControl(say, control)).toEqual(['Registration of birth', '5 people waiting', '2 of 7']);
  expect(sayControl(say, { ...control, isShut: true })).toContain('This cannot be chosen now.');
  expect(sayControl(say, { ...control, texts: ['Large text'], isOn: false })).toEqual(['Large text', 'off', '2 of 7']);
  expect(sayControl(say, { ...control, texts: ['Large text'], isOn: true })).toEqual(['Large text', 'on', '2 of 7']);
});

test('[SPOKEN-1] a page is said with its texts and how many choices it has; the first one with the keys', () => {
  const page = { texts: ['What do you need?'], choices: 7, isFirst: false };
  expect(sayPage(say, page, control)).toEqual(['What do you need?', '7 choices', ...sayControl(say, control)]);
  expect(sayPage(say, { ...page, choices: 0 }, null)).toEqual(['What do you need?', 'Nothing to choose here.']);
  const first = sayPage(say, { ...page, isFirst: true }, control);
  expect(first[0]).toBe('Spoken mode is on.');
  expect(first.join(' ')).toMatch(/Enter chooses.*star key repeats.*What do you need/);
});

test('[SPOKEN-2] a text is said whole where it was recorded, else by its parts, its numbers and its letters', () => {
  const recorded = new Set(['Tax, part 2', 'people waiting', 'Page', 'of', 'Saturday', 'November', 'Opens']);
  const has = (text: string): boolean => recorded.has(text);
  expect(clipsOfText('Tax, part 2', has)).toEqual([{ text: 'Tax, part 2' }]);
  expect(clipsOfText(' 5 people waiting', has)).toEqual([{ id: 'n5' }, { text: 'people waiting' }]);
  expect(clipsOfText('Page 3 of 112', has)).toEqual([
    { text: 'Page' },
    { id: 'n3' },
    { text: 'of' },
    { id: 'h1' },
    { id: 'n12' },
  ]);
  expect(clipsOfText('Opens: Saturday, 28 November, 09:05', has)).toEqual([
    { text: 'Opens' },
    { text: 'Saturday' },
    { id: 'n28' },
    { text: 'November' },
    { id: 'n0' },
    { id: 'n9' },
    { id: 'n0' },
    { id: 'n5' },
  ]);
  expect(clipsOfText('A012', has)).toEqual(['letter-A', 'n0', 'n1', 'n2'].map((id) => ({ id })));
  expect(clipsOfText('K', has)).toEqual([{ id: 'letter-K' }]);
  expect(partsOfText('10–20 min')).toEqual(['10', '20', 'min']);
});

test('[SPOKEN-2] a name that nobody recorded is not said by its numbers alone', () => {
  expect(clipsOfText('Passport of 10 years', () => false)).toBeNull();
  expect(clipsOfText('Passport', () => false)).toBeNull();
  expect(clipsOfText('…', () => true)).not.toBeNull();
  // Most of it can be said.
  expect(clipsOfText('4 people waiting, tba', (text) => text === 'people waiting')).toHaveLength(2);
});

test('[SPOKEN-3] every act has a key on a keypad of digits, and the focus goes round', () => {
  const acts = ['ArrowDown', 'ArrowUp', '*', '/', '+', '-'].map(spokenKey);
  expect(acts).toEqual(['next', 'previous', 'repeat', 'back', 'louder', 'softer']);
  // What is typed is typed.
  for (const key of ['a', '7', 'Enter', ' ', 'Tab', 'Backspace']) expect(spokenKey(key)).toBeUndefined();
  expect([stepTo(-1, 3, 'next'), stepTo(-1, 3, 'previous'), stepTo(2, 3, 'next'), stepTo(0, 3, 'previous')]).toEqual([
    0, 2, 0, 2,
  ]);
});
