import { newsOf, readNews } from '@antrean/server/live/news.ts';
import type { TvState } from '@antrean/shared/protocol/shown-calls.ts';
import { countShown, standOfCall, sumShown } from '@antrean/shared/views/shown-calls.ts';
import { expect, test } from 'vitest';

const call = (ticketId: string, counterId: string, calledAt = 1_000) => ({ ticketId, counterId, calledAt });
const tv = (
  counterIds: string[] | null,
  ...shown: [ticketId: string, calledAt: number, isAnnounced: boolean][]
): TvState => ({
  counterIds,
  calls: shown.map(([ticketId, calledAt, isAnnounced]) => ({ ticketId, calledAt, isAnnounced })),
});

test('[SHOW-9] of the TVs that show a counter are counted those that have shown and announced its call as it was made last', () => {
  const tvs = [tv(null, ['a', 1_000, true]), tv(['C-1'], ['a', 900, true]), tv(['C-2'], ['a', 1_000, false])];
  expect(countShown([call('a', 'C-1'), call('b', 'C-2'), call('c', 'C-3')], tvs)).toEqual([
    { ticketId: 'a', calledAt: 1_000, shown: 1, announced: 1, of: 2 },
    { ticketId: 'b', calledAt: 1_000, shown: 0, announced: 0, of: 2 },
    { ticketId: 'c', calledAt: 1_000, shown: 0, announced: 0, of: 1 },
  ]);
});

test('[SHOW-9] what several nodes counted is one sum; a node that is behind, at an earlier call of it, adds nothing', () => {
  const own = countShown([call('a', 'C-1')], [tv(null)]);
  const other = countShown([call('a', 'C-1')], [tv(null, ['a', 1_000, false]), tv(null, ['a', 1_000, true])]);
  const behind = countShown([call('a', 'C-1', 500)], [tv(null, ['a', 500, true])]);
  expect(sumShown(own, [other, behind, []])).toEqual([
    { ticketId: 'a', calledAt: 1_000, shown: 2, announced: 1, of: 3 },
  ]);
});

test('[SHOW-9] a call is given three seconds to be on every TV', () => {
  const shown = { ticketId: 'a', calledAt: 1_000, announced: 0 };
  expect(standOfCall({ ...shown, shown: 0, of: 0 }, 1_100)).toBe('none');
  expect(standOfCall({ ...shown, shown: 1, of: 2 }, 3_999)).toBe('soon');
  expect(standOfCall({ ...shown, shown: 1, of: 2 }, 4_000)).toBe('missing');
  expect(standOfCall({ ...shown, shown: 2, of: 2 }, 99_000)).toBe('all');
});

test('[SHOW-9] nodes read of each other what they wrote, and nothing else', () => {
  const calls = countShown([call('a', 'C-1')], [tv(null, ['a', 1_000, true])]);
  expect(readNews(newsOf({ writer: 'n', word: calls }))).toEqual({ writer: 'n', word: calls });
  expect(readNews(newsOf({ writer: 'n', word: [] }))).toEqual({ writer: 'n', word: [] });
  for (const text of ['n [', 'n [{}]', 'n [1]', 'n {"a":1}', `n ${JSON.stringify([{ ...calls[0], of: -1 }])}`]) {
    expect(readNews(text), text).toBeUndefined();
  }
});
