import { leastCapitalMm, readableTexts } from '@antrean/shared/views/readable-size.ts';
import { expect, test } from 'vitest';

test('[SCREEN-3] at 10 m a capital letter must be 122 mm high, and twice as far off twice as high', () => {
  expect(leastCapitalMm(10)).toBeCloseTo(122.2, 1);
  expect(leastCapitalMm(20)).toBeCloseTo(2 * leastCapitalMm(10), 6);
});

test('[SCREEN-3] on a TV of 55 inches the newest call is read from 10 m, the recent ones from 4.4 m', () => {
  // 55 inches of 16:9 are 685 mm high: a quarter of it is 171 mm, of which a capital has 0.714.
  const texts = Object.fromEntries(readableTexts('board', 'lying', 55).map(({ part, ...text }) => [part, text]));
  expect(texts['newest']?.capitalMm).toBeCloseTo(122.2, 0);
  expect(texts['newest']?.upToMetres).toBeCloseTo(10, 1);
  expect(texts['recent']?.capitalMm).toBeCloseTo(54.8, 0);
  expect(texts['recent']?.upToMetres).toBeCloseTo(4.48, 1);
});

test('[SCREEN-3] upright a panel has letters of the same size; a sign of 22 inches is read from 7 m and has no recent calls', () => {
  expect(readableTexts('board', 'upright', 43)).toEqual(readableTexts('board', 'lying', 43));
  const sign = readableTexts('sign', 'lying', 22);
  expect(sign.map(({ part }) => part)).toEqual(['newest', 'label', 'small']);
  expect(sign[0]?.upToMetres).toBeCloseTo(7.04, 1);
});
