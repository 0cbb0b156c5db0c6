import { pagesOf, pairsThatFit } from '@antrean/shared/views/pages.ts';
import { expect, test } from 'vitest';

test('pages are full but for the last, and nothing is one empty page', () => {
  expect(pagesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(pagesOf([], 2)).toEqual([[]]);
});

test('neighbours share a page where both have room, none is left out, and the order stays', () => {
  const pairs = (...sizes: number[]) => pairsThatFit(sizes, (size) => size, 10);
  expect(pairs(5, 5, 5)).toEqual([[5, 5], [5]]);
  expect(pairs(6, 5, 4, 1)).toEqual([[6], [5, 4], [1]]);
  expect(pairs(12, 1, 2)).toEqual([[12], [1, 2]]);
  expect(pairs()).toEqual([]);
});
