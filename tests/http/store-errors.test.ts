import { answerErrors } from '@antrean/server/http/answer-errors.ts';
import type { App } from '@antrean/server/http/app.ts';
import { ClientTimeout } from '@antrean/server/ledger/connect-postgres.ts';
import fastify from 'fastify';
import { expect, test } from 'vitest';

const answerTo = async (error: Error): Promise<{ status: number; code: unknown; retryAfter: unknown }> => {
  const app = fastify();
  app.decorateRequest('language', 'en');
  answerErrors(app as unknown as App);
  app.get('/', () => Promise.reject(error));
  const { statusCode, headers, body } = await app.inject('/');
  await app.close();
  return { status: statusCode, code: (JSON.parse(body) as { code: unknown }).code, retryAfter: headers['retry-after'] };
};

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

test.each([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
])('a read that failed with %s is no fault of ours: the store is away, try again', async (code) => {
  expect(await answerTo(withCode(code))).toEqual({ status: 503, code: 'STORE_UNAVAILABLE', retryAfter: '1' });
});

test('so is one that nobody answered in time; anything else is ours', async () => {
  expect(await answerTo(new ClientTimeout())).toMatchObject({ status: 503, code: 'STORE_UNAVAILABLE' });
  expect(await answerTo(withCode('ENOENT'))).toMatchObject({ status: 500, code: 'INTERNAL' });
});
