import { composeCall, type Utterance } from '@antrean/shared/views/compose-call.ts';
import { expect, test } from 'vitest';
import { packs } from './read-pack.ts';

const call = (language: string, counterNumber = 3) => ({ number: 'A012', counterNumber, language });
const said = ({ language, clips }: Utterance): string =>
  clips.map(({ id }) => packs.get(language)?.clips[id]?.words).join(' ');

test("[VOICE-2] a call is said in the visitor's language, then in the hall's first; once where they are the same", () => {
  expect(composeCall(call('ru'), ['az', 'en'], packs, false).map(({ language }) => language)).toEqual(['ru', 'az']);
  expect(composeCall(call('id'), ['id', 'en'], packs, false).map(({ language }) => language)).toEqual(['id']);
  expect(composeCall(call('en-GB'), ['en-US'], packs, false).map(({ language }) => language)).toEqual(['en']);
});

test('[VOICE-2] a language without a pack is passed over', () => {
  expect(composeCall(call('ar'), ['id'], packs, false).map(({ language }) => language)).toEqual(['id']);
  expect(composeCall(call('ar'), ['fa'], packs, false)).toEqual([]);
});

test('[VOICE-2] the sentences: what is spoken, and what is read', () => {
  const sentence = (language: string) => {
    const [utterance] = composeCall(call(language), [language], packs, false);
    return [utterance && said(utterance), utterance?.caption];
  };
  expect(sentence('id')).toEqual([
    'Nomor antrean a kosong satu dua silakan menuju loket tiga',
    'Nomor antrean A012, silakan menuju loket 3',
  ]);
  expect(sentence('en')).toEqual([
    'Ticket A zero one two please go to counter three',
    'Ticket A012, please go to counter 3',
  ]);
  expect(sentence('ru')).toEqual(['Талон а ноль один два пройдите к окну три', 'Талон A012, пройдите к окну 3']);
  expect(sentence('az')).toEqual([
    'Növbə nömrəsi a sıfır bir iki zəhmət olmasa üç nömrəli pəncərəyə yaxınlaşın',
    'Növbə nömrəsi A012, zəhmət olmasa, 3 nömrəli pəncərəyə yaxınlaşın',
  ]);
});

test("[VOICE-2] while several wait, only the visitor's language is said, and shorter", () => {
  const whole = composeCall(call('id'), ['en'], packs, false);
  const brief = composeCall(call('id'), ['en'], packs, true);
  expect(brief.map(said)).toEqual(['a kosong satu dua loket tiga']);
  expect(brief[0]?.caption).toBe('A012, loket 3');
  const lengthOf = (all: readonly Utterance[]): number =>
    all.flatMap(({ clips }) => clips).reduce((sum, { ms, pauseMs }) => sum + ms + pauseMs, 0);
  expect(lengthOf(brief)).toBeLessThan(lengthOf(whole) / 2);
});

test.each([
  [1, 'one'],
  [10, 'ten'],
  [21, 'twenty-one'],
  [100, 'one hundred'],
  [345, 'three hundred forty-five'],
  [900, 'nine hundred'],
  [999, 'nine hundred ninety-nine'],
])('[VOICE-2] counter %i is said as a whole number', (counterNumber, words) => {
  const [utterance] = composeCall(call('en', counterNumber), ['en'], packs, false);
  expect(utterance && said(utterance)).toMatch(new RegExp(`counter ${words}$`));
});

test('[VOICE-2] a ticket of two letters and five digits is said sign by sign', () => {
  const [utterance] = composeCall({ ...call('en'), number: 'BZ10050' }, ['en'], packs, false);
  expect(utterance && said(utterance)).toContain('B Z one zero zero five zero');
});
