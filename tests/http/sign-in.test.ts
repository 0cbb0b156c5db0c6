import { once } from 'node:events';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { SignInTries } from '@antrean/server/access/limit-tries.ts';
import { Me } from '@antrean/shared/protocol/access.ts';
import { Redis } from 'ioredis';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let address: string;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  address = hall.nodes[0]!.address;
});
afterAll(() => hall?.stop());

const trySignIn = (login: string, password: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${address}/v1/sign-in`, 'POST', { body: { login, password }, headers });

const newAccount = (login: string): Promise<string> =>
  createStaff(hall.sql, { login, displayName: login, role: 'agent', branchId: hall.branchId });

test('whoever signs in gets a cookie that scripts cannot read and other sites do not send', async () => {
  const answer = await trySignIn('ani', await newAccount('ani'));
  expect(answer.status).toBe(200);
  expect(Value.Check(Me, answer.body)).toBe(true);
  expect(answer.body).toEqual({
    id: 'ani',
    agencyId: null,
    displayName: 'ani',
    role: 'agent',
    branchId: hall.branchId,
    mustChangePassword: false,
    secondFactor: 'off',
  });
  const cookies = answer.headers.getSetCookie();
  expect(cookies).toHaveLength(1);
  const [value, ...flags] = cookies[0]!.split('; ');
  expect(value).toMatch(/^antrean-session=[\w%.-]{32,}$/);
  expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
  // Through a balancer that ends TLS it is `Secure`; on the plain address of a trial it could not be sent back then.
  expect(flags).not.toContain('Secure');
  const [kept] =
    await hall.sql`select count(*)::int as count from staff_session where id_hash = ${value!.split('=')[1]!}`;
  expect(kept?.count).toBe(0);
});

test('a session that somebody else chose is not taken over', async () => {
  const planted = 'antrean-session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
  const answer = await trySignIn('budi', await newAccount('budi'), { cookie: planted });
  expect(answer.headers.getSetCookie()[0]).not.toContain(planted);
  expect((await ask(`${address}/v1/me`, 'GET', { headers: { cookie: planted } })).status).toBe(401);
});

test('a wrong password and an unknown login look the same', async () => {
  await newAccount('citra');
  const wrong = await trySignIn('citra', 'not this one');
  const unknown = await trySignIn('nobody-at-all', 'not this one');
  expectProblem(wrong, 401, 'SIGN_IN_WRONG');
  expect(unknown.body).toEqual(wrong.body);
  expect(wrong.headers.getSetCookie()).toEqual([]);
});

test('five wrong tries, and the sixth waits, right or wrong; another account is not locked out', async () => {
  const password = await newAccount('dewi');
  for (let count = 0; count < 5; count++) expectProblem(await trySignIn('dewi', 'guess'), 401, 'SIGN_IN_WRONG');
  const refused = await trySignIn('DEWI', password);
  expectProblem(refused, 429, 'TOO_MANY_TRIES');
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(800);
  expect(seconds).toBeLessThanOrEqual(900);
  expect(refused.body?.details).toEqual({ waitSeconds: seconds });
  expect((await trySignIn('eko', await newAccount('eko'))).status).toBe(200);
});

test('guesses sent at once are counted like any others, and at every node', async () => {
  const password = await newAccount('gusti');
  const guesses = await Promise.all(Array.from({ length: 12 }, () => trySignIn('gusti', 'guess')));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(7);
  const other = hall.nodes[1]!.address;
  expectProblem(
    await ask(`${other}/v1/sign-in`, 'POST', { body: { login: 'gusti', password } }),
    429,
    'TOO_MANY_TRIES',
  );
});

test('a hundred wrong passwords from one address, for whatever accounts, and it waits with all; another does not', async () => {
  const redis = new Redis(hall.redis.url);
  const tries = new SignInTries(redis);
  await once(redis, 'ready');
  const guess = (account: number, from: string) => tries.once(`account-${account}`, from, () => Promise.resolve(false));
  for (let account = 0; account < 100; account++) expect(await guess(account, '10.0.0.1')).toEqual({ isRight: false });
  const isRight = () => Promise.resolve(true);
  expect(await tries.once('nobody-tried-it', '10.0.0.1', isRight)).toEqual({ waitSeconds: expect.any(Number) });
  expect(await tries.once('nobody-tried-it', '10.0.0.2', isRight)).toEqual({ isRight: true });
  redis.disconnect();
});

test('sessions that are over are cleared away when their owner signs in again', async () => {
  const password = await newAccount('kadek');
  await trySignIn('kadek', password);
  await hall.sql`update staff_session set expires_at = now() - interval '1 minute' where staff_id = 'kadek'`;
  await trySignIn('kadek', password);
  const [kept] = await hall.sql`select count(*)::int as count from staff_session where staff_id = 'kadek'`;
  expect(kept?.count).toBe(1);
});

test('whoever signs in at many places at once is not taken for somebody who guesses', async () => {
  const password = await newAccount('iwan');
  const answers = await Promise.all(Array.from({ length: 20 }, () => trySignIn('iwan', password)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});

test("another site's page can do nothing with a visitor's or an agent's browser", async () => {
  const cookie = await signedIn(hall.sql, address, { login: 'fajar', role: 'manager', branchId: null });
  const open = (origin: string): Promise<Answer> =>
    ask(`${address}/v1/branches/${hall.branchId}/day/open`, 'POST', {
      headers: { cookie, origin },
      body: { commandId: crypto.randomUUID() },
    });
  for (const origin of ['https://evil.example', 'null', `${address}.evil.example`, 'http://127.0.0.1:1', 'file://']) {
    expectProblem(await open(origin), 403, 'FOREIGN_ORIGIN');
    expectProblem(await trySignIn('fajar', 'x', { origin }), 403, 'FOREIGN_ORIGIN');
    for (const path of ['/v1/sign-out', '/v1/me/seen', `/v1/me/sessions/${'0'.repeat(32)}/end`]) {
      expectProblem(await ask(address + path, 'POST', { headers: { cookie, origin } }), 403, 'FOREIGN_ORIGIN');
    }
  }
  expect((await ask(`${address}/v1/me`, 'GET', { headers: { cookie } })).status).toBe(200);
  expect([200, 409]).toContain((await open(address)).status);
  const answer = await ask(`${address}/v1/branches`, 'GET', { headers: { origin: 'https://evil.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('an account that is switched off is out within seconds, and cannot come back', async () => {
  const password = await newAccount('gita');
  const first = await trySignIn('gita', password);
  const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
  const me = (): Promise<Answer> => ask(`${address}/v1/me`, 'GET', { headers: { cookie } });
  expect((await me()).status).toBe(200);
  await hall.sql`update staff set disabled_at = now() where id = 'gita'`;
  await expect.poll(async () => (await me()).status, { timeout: 15_000, interval: 200 }).toBe(401);
  expectProblem(await trySignIn('gita', password), 401, 'SIGN_IN_WRONG');
});

test('a new password signs out whoever had the old one', async () => {
  const old = await newAccount('hadi');
  const cookie = (await trySignIn('hadi', old)).headers.getSetCookie()[0]!.split(';')[0]!;
  const fresh = await newAccount('hadi');
  const me = (): Promise<Answer> => ask(`${address}/v1/me`, 'GET', { headers: { cookie } });
  await expect.poll(async () => (await me()).status, { timeout: 15_000, interval: 200 }).toBe(401);
  expect((await trySignIn('hadi', old)).status).toBe(401);
  expect((await trySignIn('hadi', fresh)).status).toBe(200);
});

test('a login that Postgres could not be asked for is a bad request, not an outage', async () => {
  for (const login of ['a\u0000b', '\u0000', 'a\nb']) expectProblem(await trySignIn(login, 'x'), 400, 'INVALID');
});

test('cookies that nobody gave out are nobody', async () => {
  for (const cookie of [
    'antrean-session=',
    'antrean-session=x',
    `antrean-session=${'y'.repeat(3_000)}`,
    'antrean-session=%00',
  ]) {
    const answer = await ask(`${address}/v1/me`, 'GET', { headers: { cookie } });
    expectProblem(answer, 401, 'SIGN_IN_NEEDED');
  }
});

// A Redis in this process cannot be stopped alone.
test.skipIf(process.env.ANTREAN_TEST_REDIS === 'in-process')(
  'while Redis is away people sign in, and each node counts the guesses it sees',
  async () => {
    const password = await newAccount('jaka');
    await hall.redis.stop();
    try {
      expect((await trySignIn('jaka', password)).status).toBe(200);
      for (let count = 0; count < 5; count++) expectProblem(await trySignIn('jaka', 'guess'), 401, 'SIGN_IN_WRONG');
      expectProblem(await trySignIn('jaka', password), 429, 'TOO_MANY_TRIES');
    } finally {
      await hall.redis.startAgain();
    }
  },
);
