import { askedLanguage } from '@antrean/server/http/asked-language.ts';
import az from '@antrean/shared/locales/az.json' with { type: 'json' };
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import id from '@antrean/shared/locales/id.json' with { type: 'json' };
import ru from '@antrean/shared/locales/ru.json' with { type: 'json' };
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ask, expectProblem } from './ask.ts';

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall?.stop());

const catalogues = { id, en, az, ru };

test.each(Object.keys(catalogues) as (keyof typeof catalogues)[])('a problem is told in %s', async (language) => {
  const { address } = hall.nodes[0]!;
  const headers = { 'accept-language': `${language}-XX,${language};q=0.9,fr;q=0.8` };
  const nowhere = await ask(`${address}/v1/nothing`, 'GET', { headers });
  expectProblem(nowhere, 404, 'NOT_FOUND');
  expect(nowhere.body?.message).toBe(catalogues[language]['refusal.NOT_FOUND']);
  const closed = await ask(`${address}/v1/branches/${hall.branchId}/day/open`, 'POST', {
    headers: { ...headers, ...hall.managers[0]!.headers },
    body: { commandId: '3f3c5a68-9d3c-4b57-8a30-5f4f4a3f4a01', date: '2999-01-01' },
  });
  expectProblem(closed, 409, 'DAY_AHEAD');
  expect(closed.body?.message).not.toMatch(/[{}]/);
  expect(closed.body?.message).toContain('2999-01-01');
});

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['fr', 'en'],
  ['id', 'id'],
  ['ID-id', 'id'],
  ['ru,en;q=0.9', 'ru'],
  ['en;q=0.5, az;q=0.8', 'az'],
  ['fr, ru;q=0.1', 'ru'],
  ['ru;q=0, en', 'en'],
  ['az;q=nonsense, id;q=0.2', 'id'],
  [';;,,q=1', 'en'],
  [`${'x,'.repeat(10_000)}ru`, 'en'],
] as const)('of %j the language is %s', (header, language) => {
  expect(askedLanguage(header)).toBe(language);
});
