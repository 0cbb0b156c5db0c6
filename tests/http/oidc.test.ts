import { readOidc } from '@antrean/server/start-up/read-oidc.ts';
import { readSettings } from '@antrean/server/start-up/settings.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestIssuer, type TestIssuer } from '../harness/test-issuer.ts';
import { type Answer, ask, expectProblem } from './ask.ts';

const clientId = 'antrean';
const settings = (more: Record<string, string> = {}) =>
  readSettings({
    ANTREAN_OIDC_ISSUER: 'https://login.example.org',
    ANTREAN_OIDC_CLIENT_ID: clientId,
    ANTREAN_OIDC_ROLES: 'hall-managers=manager@plain,desk=agent@plain/A,everywhere=auditor,lost=agent@nowhere',
    ANTREAN_OIDC_ROLE_CLAIM: 'groups',
    ANTREAN_OIDC_NAME: 'the Ministry',
    ...more,
  });

let issuer: TestIssuer;
let hall: TestHall;
let address: string;
beforeAll(async () => {
  issuer = await startTestIssuer(clientId);
  const oidc = readOidc(settings({ ANTREAN_OIDC_ISSUER: issuer.issuer }));
  hall = await startTestHall({ oidc, secondFactor: 'required' });
  address = hall.nodes[0]!.address;
});
afterAll(async () => {
  await hall?.stop();
  await issuer?.stop();
});
beforeEach(() => {
  issuer.claims = {};
  issuer.signs = 'rightly';
});

const go = (url: string, cookie?: string): Promise<Answer> =>
  ask(url, 'GET', cookie === undefined ? {} : { headers: { cookie } });
const cookieOf = (answer: Answer, name: string): string =>
  answer.headers
    .getSetCookie()
    .find((each) => each.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';
const locationOf = (answer: Answer): string => answer.headers.get('location') ?? '';

/** A browser's way to the issuer, up to where it comes back. */
const there = async (query = 'page=manager&branch=plain&lang=id'): Promise<{ callback: string; cookie: string }> => {
  const started = await go(`${address}/v1/oidc/start?${query}`);
  expect(started.status, started.text).toBe(302);
  const callback = locationOf(await go(locationOf(started)));
  return { callback, cookie: cookieOf(started, 'antrean-oidc') };
};
const comeBack = async (claims: Record<string, unknown> = {}): Promise<Answer> => {
  issuer.claims = { groups: ['hall-managers'], ...claims };
  const { callback, cookie } = await there();
  return go(callback, cookie);
};
const me = async (answer: Answer): Promise<Answer> => go(`${address}/v1/me`, cookieOf(answer, 'antrean-session'));
const expectRefused = (answer: Answer, code: string): void => {
  expect([answer.status, locationOf(answer)]).toEqual([302, expect.stringContaining(`refused=${code}`)]);
  expect(cookieOf(answer, 'antrean-session')).toBe('');
};
const count = async (table: string): Promise<number> => {
  const [row] = await hall.sql<{ count: number }[]>`select count(*)::int as count from ${hall.sql(table)}`;
  return row?.count ?? -1;
};

test('whoever the issuer vouches for is in as what it says, without a password or second factor of ours', async () => {
  expect((await go(`${address}/v1/sign-in`)).body).toEqual({ oidc: { name: 'the Ministry' } });
  const answer = await comeBack({ sub: 'dewi', name: 'Dewi\u202e \u0007Lestari' });
  expect([answer.status, locationOf(answer)]).toEqual([302, '/manager?branch=plain&lang=id']);
  const { body } = await me(answer);
  expect(body).toMatchObject({ displayName: 'Dewi Lestari', role: 'manager', branchId: 'plain', agencyId: null });
  expect(body).toMatchObject({ mustChangePassword: false, secondFactor: 'elsewhere' });
  const opened = await ask(`${address}/v1/branches/plain/day/open`, 'POST', {
    headers: { cookie: cookieOf(answer, 'antrean-session') },
    body: { commandId: crypto.randomUUID() },
  });
  expect([200, 409]).toContain(opened.status);
  // Again: the same account.
  expect((await me(await comeBack({ sub: 'dewi', name: 'Dewi Lestari' }))).body?.id).toBe(body?.id);
  // Nobody is in with a password that is none.
  for (const password of ['null', 'undefined', 'x', 'nobody has this password']) {
    const tried = await ask(`${address}/v1/sign-in`, 'POST', { body: { login: body?.id, password } });
    expectProblem(tried, 401, 'SIGN_IN_WRONG');
  }
  const [added] = await hall.sql`select count(*)::int as count from audit_entry
    where action = 'staff.added' and subject = ${String(body?.id)}`;
  expect(added?.count).toBe(1);
});

test('two first sign-ins at once make one account', async () => {
  const before = await count('staff');
  issuer.claims = { sub: 'twice', groups: 'everywhere' };
  const trips = await Promise.all([there(), there(), there()]);
  const answers = await Promise.all(trips.map(({ callback, cookie }) => go(callback, cookie)));
  const ids = await Promise.all(answers.map(async (answer) => (await me(answer)).body?.id));
  expect(new Set(ids).size).toBe(1);
  expect(ids[0]).toMatch(/^sso-/);
  expect(await count('staff')).toBe(before + 1);
});

test('another role there is another role here, and sessions with the old one end; no role, and nobody is in', async () => {
  const manager = await comeBack({ sub: 'eko' });
  expect((await me(manager)).body).toMatchObject({ role: 'manager' });
  const agent = await comeBack({ sub: 'eko', groups: ['unknown', 'desk'] });
  expect((await me(agent)).body).toMatchObject({ role: 'agent', branchId: 'plain', agencyId: 'A' });
  expect((await me(manager)).status).toBe(401);
  const again = await comeBack({ sub: 'eko', groups: ['desk'] });
  expect([(await me(agent)).status, (await me(again)).status]).toEqual([200, 200]);
  for (const groups of [[], 'unknown', undefined, { desk: true }, 7]) {
    expectRefused(await comeBack({ sub: 'eko', groups }), 'OIDC_NO_ACCESS');
  }
  expect([(await me(agent)).status, (await me(again)).status]).toEqual([401, 401]);
  // A hall that there is not lets nobody in, either; and whoever was switched off here stays out.
  expectRefused(await comeBack({ sub: 'newcomer', groups: ['lost'] }), 'OIDC_NO_ACCESS');
  expectRefused(await comeBack({ sub: 'stranger', groups: [] }), 'OIDC_NO_ACCESS');
  await hall.sql`update staff set disabled_at = now() where id in (select staff_id from staff_identity where subject = 'eko')`;
  expectRefused(await comeBack({ sub: 'eko' }), 'OIDC_NO_ACCESS');
  const [noted] = await hall.sql`select count(*)::int as count from audit_entry where action = 'session.refused'`;
  expect(noted?.count).toBeGreaterThanOrEqual(8);
});

test('a token that is not from this issuer, for us, for this question, and of now is believed by nobody', async () => {
  const [staff, sessions] = [await count('staff'), await count('staff_session')];
  const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;
  for (const claims of [
    { iss: 'https://evil.example' },
    { aud: 'another-client' },
    { aud: ['another-client', 'third'] },
    { nonce: 'another' },
    { nonce: undefined },
    { exp: hourAgo },
    { exp: undefined },
    { sub: undefined },
    { sub: '' },
  ]) {
    expectRefused(await comeBack({ sub: 'mallory', ...claims }), 'OIDC_REFUSED');
  }
  for (const signs of ['with another key', 'not at all'] as const) {
    issuer.signs = signs;
    expectRefused(await comeBack({ sub: 'mallory' }), 'OIDC_REFUSED');
  }
  expect([await count('staff'), await count('staff_session')]).toEqual([staff, sessions]);
});

test('an answer is good once, in the browser that asked, and with its own state', async () => {
  issuer.claims = { sub: 'fajar', groups: ['hall-managers'] };
  const { callback, cookie } = await there();
  expectRefused(await go(callback), 'OIDC_REFUSED');
  expectRefused(await go(callback, 'antrean-oidc=made-up'), 'OIDC_REFUSED');
  // Somebody else's browser, which is on a trip of its own.
  expectRefused(await go(callback, (await there()).cookie), 'OIDC_REFUSED');
  const other = new URL(callback);
  other.searchParams.set('state', 'another');
  expectRefused(await go(other.href, cookie), 'OIDC_REFUSED');
  other.searchParams.delete('state');
  expectRefused(await go(other.href, cookie), 'OIDC_REFUSED');
  const first = await go(callback, cookie);
  expect(cookieOf(first, 'antrean-session')).not.toBe('');
  expect(
    first.headers.getSetCookie().some((each) => /^antrean-oidc=;.*(Expires=Thu, 01 Jan 1970|Max-Age=0)/.test(each)),
  ).toBe(true);
  expectRefused(await go(callback, cookie), 'OIDC_REFUSED');
  // Another code put into one's own trip: the verifier is not its.
  const [mine, theirs] = [await there(), await there()];
  const mixed = new URL(mine.callback);
  mixed.searchParams.set('code', new URL(theirs.callback).searchParams.get('code')!);
  expectRefused(await go(mixed.href, mine.cookie), 'OIDC_REFUSED');
  expect(issuer.refused).toContain('verifier');
  const denied = `${address}/v1/oidc/callback?error=access_denied&state=${new URL(mine.callback).searchParams.get('state')}`;
  expectRefused(await go(denied, mine.cookie), 'OIDC_REFUSED');
});

test('nobody is sent anywhere but to our own pages', async () => {
  for (const query of [
    'page=https://evil.example',
    'page=//evil.example',
    'page=manager&branch=//evil.example',
    'page=manager&lang=%0d%0aX:1',
    'page=manager&to=https://evil.example',
    '',
  ]) {
    expectProblem(await go(`${address}/v1/oidc/start?${query}`), 400, 'INVALID');
  }
  const started = await go(`${address}/v1/oidc/start?page=counter`);
  expect(new URL(locationOf(started)).origin).toBe(issuer.issuer);
  expect(started.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax$|HttpOnly;.*SameSite=Lax/);
});

test('while the issuer is away or talks nonsense that is said, and passwords still work', async () => {
  const { callback, cookie } = await there();
  issuer.isBroken = true;
  expectRefused(await go(callback, cookie), 'OIDC_AWAY');
  const signedIn = await ask(`${address}/v1/sign-in`, 'POST', {
    body: { login: 'manager', password: hall.managerPassword },
  });
  expect(signedIn.status).toBe(200);
  issuer.isBroken = false;
  expect(cookieOf(await comeBack({ sub: 'gita' }), 'antrean-session')).not.toBe('');
  const away = await startTestHall({ oidc: readOidc(settings({ ANTREAN_OIDC_ISSUER: 'http://127.0.0.1:9' })) });
  try {
    const answer = await go(`${away.nodes[0]!.address}/v1/oidc/start?page=counter`);
    expectRefused(answer, 'OIDC_AWAY');
  } finally {
    await away.stop();
  }
});

test('wrong settings keep the server from starting, and are named', () => {
  for (const [more, said] of [
    [{ ANTREAN_OIDC_ISSUER: 'http://login.example.org' }, /ISSUER.*https/],
    [{ ANTREAN_OIDC_ISSUER: 'login.example.org' }, /ISSUER/],
    [{ ANTREAN_OIDC_CLIENT_ID: '' }, /CLIENT_ID/],
    [{ ANTREAN_OIDC_ROLES: '' }, /ROLES/],
    [{ ANTREAN_OIDC_ROLES: 'a=king' }, /ROLES.*VALUE=ROLE/],
    [{ ANTREAN_OIDC_ROLES: 'a=agency-administrator@plain' }, /agency administrator has an agency/],
    [{ ANTREAN_OIDC_ROLES: 'a=manager@plain/A' }, /managers and administrators have none/],
    [{ ANTREAN_OIDC_ROLES: 'manager' }, /VALUE=ROLE/],
    [{ ANTREAN_PUBLIC_URL: 'antrean' }, /PUBLIC_URL/],
  ] as const) {
    expect(() => readOidc(settings(more)), JSON.stringify(more)).toThrow(said);
  }
  expect(readOidc(readSettings({}))).toBeNull();
});
