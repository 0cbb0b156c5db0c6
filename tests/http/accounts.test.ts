import { isGuessable } from '@antrean/server/access/check-password.ts';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { StaffAccounts, SessionsView } from '@antrean/shared/protocol/access.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestScreen } from '../harness/test-screen.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let address: string;
/** Of all halls, and of this one alone. */
let chief: string;
let local: string;

beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  address = hall.nodes[0]!.address;
  await importBlueprint(hall.sql, { ...plainHall, branch: 'other' });
  chief = await signedIn(hall.sql, address, { login: 'chief', role: 'administrator', branchId: null });
  local = await signedIn(hall.sql, address, { login: 'local', role: 'administrator', branchId: hall.branchId });
});
afterAll(() => hall?.stop());

const as = (cookie: string, path: string, body?: object, at = address): Promise<Answer> =>
  ask(`${at}/v1${path}`, body === undefined ? 'GET' : 'POST', {
    headers: { cookie },
    ...(body && Object.keys(body).length > 0 && { body }),
  });
const signIn = (login: string, password: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${address}/v1/sign-in`, 'POST', { body: { login, password }, headers });
const cookieOf = (answer: Answer): string => answer.headers.getSetCookie()[0]!.split(';')[0]!;
const statusOfMe = async (cookie: string, at = address): Promise<number> =>
  (await as(cookie, '/me', undefined, at)).status;
const own = 'seven quiet herons fly';
const account = (login: string, branchId: string | null = hall.branchId) => ({
  login,
  displayName: `Name of ${login}`,
  role: 'agent',
  branchId,
});

/** Makes an account over the API. @returns its password */
const add = async (login: string, by = chief): Promise<string> => {
  const answer = await as(by, '/staff', account(login));
  expect(answer.status, answer.text).toBe(201);
  return answer.body?.password as string;
};

test('whoever is given a password chooses another before anything else', async () => {
  const given = await add('ani');
  const answer = await signIn('ani', given);
  expect(answer.body).toMatchObject({ id: 'ani', mustChangePassword: true });
  const cookie = cookieOf(answer);
  const opening = { commandId: crypto.randomUUID() };
  expectProblem(await as(cookie, `/branches/${hall.branchId}/counters/C-1/open`, opening), 403, 'PASSWORD_TO_CHANGE');
  const screen = startTestScreen(address, hall.branchId, { audience: 'floor', headers: { cookie } });
  await expect.poll(() => screen.socket.connected || screen.socket.active).toBe(true);
  expect(screen.entries().size).toBe(0);
  screen.close();

  expect((await as(cookie, '/me/password', { current: given, password: own })).status).toBe(204);
  expect((await as(cookie, '/me')).body).toMatchObject({ mustChangePassword: false });
  expect((await as(cookie, `/branches/${hall.branchId}/counters/C-1/open`, opening)).status).not.toBe(403);
  expectProblem(await signIn('ani', given), 401, 'SIGN_IN_WRONG');
  expect((await signIn('ani', own)).status).toBe(200);
});

test('a password that leaked, is built of names or keys, or is the old one is refused, and changes nothing', async () => {
  const given = await add('banyuwati');
  const cookie = cookieOf(await signIn('banyuwati', given));
  for (const password of [
    'password1234',
    'qwertyuiop123',
    '123456789012',
    'iloveyou1234',
    'Banyuwati2026',
    'aaaaaaaaaaaaaa',
  ]) {
    expectProblem(await as(cookie, '/me/password', { current: given, password }), 400, 'PASSWORD_GUESSABLE');
  }
  expectProblem(await as(cookie, '/me/password', { current: given, password: given }), 400, 'PASSWORD_UNCHANGED');
  expectProblem(await as(cookie, '/me/password', { current: given, password: 'short' }), 400, 'INVALID');
  expect((await signIn('banyuwati', given)).status).toBe(200);
});

test('a long password is weighed about as fast as a short one: everything else waits meanwhile', async () => {
  const long = 's3v3n l1ttl3 '.repeat(15);
  const msOf = async (password: string): Promise<number> => {
    const times: number[] = [];
    for (let count = 0; count < 3; count++) {
      const began = performance.now();
      await isGuessable(password, ['Somebody']);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  };
  await msOf('warm up');
  expect(await msOf(long)).toBeLessThan(6 * (await msOf(long.slice(0, 24))));
});

test('nothing is weighed for a stranger who asks to be the first administrator', async () => {
  const body = { code: 'none', login: 'eve', displayName: 'Eve', password: 'password1234' };
  expectProblem(await ask(`${address}/v1/set-up`, 'POST', { body }), 409, 'SET_UP_ALREADY');
});

test('the present password is asked for, and guessing it at an open screen ends as at the door', async () => {
  const cookie = cookieOf(await signIn('citra', await createStaff(hall.sql, { ...account('citra'), role: 'agent' })));
  for (let tries = 0; tries < 5; tries++) {
    expectProblem(await as(cookie, '/me/password', { current: 'a guess', password: own }), 403, 'PASSWORD_WRONG');
  }
  expectProblem(await as(cookie, '/me/password', { current: 'a guess', password: own }), 429, 'TOO_MANY_TRIES');
});

test('a new password ends every other session of the account, at each node', async () => {
  const old = await createStaff(hall.sql, { ...account('dewi'), role: 'agent' });
  const [here, there] = [cookieOf(await signIn('dewi', old)), cookieOf(await signIn('dewi', old))];
  expect(await statusOfMe(there, hall.nodes[1]!.address)).toBe(200);
  expect((await as(here, '/me/password', { current: old, password: own })).status).toBe(204);
  expect([await statusOfMe(here), await statusOfMe(there)]).toEqual([200, 401]);
  await expect.poll(() => statusOfMe(there, hall.nodes[1]!.address), { timeout: 2_000, interval: 100 }).toBe(401);
});

test('somebody sees where they are signed in, and ends what they forgot', async () => {
  const password = await createStaff(hall.sql, { ...account('eko'), role: 'agent' });
  const here = cookieOf(await signIn('eko', password, { 'user-agent': 'Firefox\u00e9 on the desk' }));
  const forgotten = cookieOf(await signIn('eko', password, { 'user-agent': 'A phone' }));
  const listed = (await as(here, '/me/sessions')).body as unknown as SessionsView;
  expect(Value.Check(SessionsView, listed)).toBe(true);
  expect(listed.map(({ browser, address: from, isThis }) => ({ browser, from, isThis }))).toEqual([
    { browser: 'A phone', from: '127.0.0.1', isThis: false },
    { browser: 'Firefox on the desk', from: '127.0.0.1', isThis: true },
  ]);
  const [other] = listed;
  expect(JSON.stringify(listed)).not.toContain(here.split('=')[1]);
  // Nobody ends a session of somebody else's.
  expectProblem(await as(chief, `/me/sessions/${other!.id}/end`, {}), 404, 'SESSION_UNKNOWN');
  expect(await statusOfMe(forgotten)).toBe(200);
  expect((await as(here, `/me/sessions/${other!.id}/end`, {})).status).toBe(204);
  expect([await statusOfMe(here), await statusOfMe(forgotten)]).toEqual([200, 401]);
  expectProblem(await as(here, `/me/sessions/${other!.id}/end`, {}), 404, 'SESSION_UNKNOWN');
});

test('a session that nothing is done in ends, an administrator’s sooner; whoever works stays', async () => {
  const password = await createStaff(hall.sql, { ...account('fajar'), role: 'agent' });
  const [idle, busy] = [cookieOf(await signIn('fajar', password)), cookieOf(await signIn('fajar', password))];
  const admin = await signedIn(hall.sql, address, { login: 'gita', role: 'administrator', branchId: null });
  const leave = (minutes: number) =>
    hall.sql`update staff_session set seen_at = now() - ${minutes} * interval '1 minute' where staff_id in ('fajar', 'gita')`;
  await leave(16);
  await expect.poll(() => statusOfMe(admin), { timeout: 3_000 }).toBe(401);
  expect([await statusOfMe(idle), await statusOfMe(busy)]).toEqual([200, 200]);
  // What a page asks for by itself keeps nothing; that somebody is at it does.
  await leave(29);
  expect(await statusOfMe(idle)).toBe(200);
  expect((await as(busy, '/me/seen', {})).status).toBe(204);
  await expect
    .poll(
      async () =>
        (await hall.sql`select from staff_session where staff_id = 'fajar' and seen_at > now() - interval '1 minute'`)
          .count,
    )
    .toBe(1);
  await hall.sql`update staff_session set seen_at = seen_at - interval '2 minutes' where staff_id = 'fajar'`;
  await expect.poll(() => statusOfMe(idle), { timeout: 3_000 }).toBe(401);
  expect(await statusOfMe(busy)).toBe(200);
});

test('an administrator signs somebody out: their screens at every node are gone within two seconds', async () => {
  const cookie = cookieOf(await signIn('hadi', await createStaff(hall.sql, { ...account('hadi'), role: 'agent' })));
  const screens = hall.nodes.map((node) =>
    startTestScreen(node.address, hall.branchId, { audience: 'floor', headers: { cookie } }),
  );
  for (const { socket } of screens) await expect.poll(() => socket.connected, { timeout: 5_000 }).toBe(true);
  const gone = Promise.all(screens.map(({ socket }) => new Promise((resolve) => socket.once('disconnect', resolve))));
  const from = performance.now();
  expect((await as(chief, '/staff/hadi/end-sessions', {})).body).toEqual({ ended: 1 });
  await gone;
  expect(performance.now() - from).toBeLessThan(2_500);
  expect(await statusOfMe(cookie)).toBe(401);
  for (const screen of screens) screen.close();
});

test('an account is made once, listed, changed, switched off and on', async () => {
  await add('indah');
  expectProblem(await as(chief, '/staff', account('indah')), 409, 'LOGIN_TAKEN');
  expectProblem(await as(chief, '/staff', account('INDAH')), 409, 'LOGIN_TAKEN');
  expectProblem(await as(chief, '/staff', account('joko', 'nowhere')), 404, 'BRANCH_UNKNOWN');
  for (const displayName of ['', ' \u202eevil', 'a\u0000b', 'x'.repeat(81)]) {
    expectProblem(await as(chief, '/staff', { ...account('joko'), displayName }), 400, 'INVALID');
  }
  const listed = (await as(chief, '/staff')).body as unknown as { login: string }[];
  expect(Value.Check(StaffAccounts, listed)).toBe(true);
  expect(listed.map(({ login }) => login)).toContain('indah');
  expect(JSON.stringify(listed)).not.toContain('argon2');

  expect((await as(chief, '/staff/indah', { displayName: 'Indah Lestari', role: 'manager' })).body).toMatchObject({
    displayName: 'Indah Lestari',
    role: 'manager',
    isDisabled: false,
  });
  const given = (await as(chief, '/staff/indah/reset-password', {})).body?.password as string;
  const cookie = cookieOf(await signIn('indah', given));
  expect((await as(chief, '/staff/indah', { isDisabled: true })).body).toMatchObject({ isDisabled: true, sessions: 0 });
  expect(await statusOfMe(cookie)).toBe(401);
  expectProblem(await signIn('indah', given), 401, 'SIGN_IN_WRONG');
  expect((await as(chief, '/staff/indah', { isDisabled: false })).status).toBe(200);
  expect((await signIn('indah', given)).body).toMatchObject({ role: 'manager', mustChangePassword: true });
});

test('nobody shuts themselves out, and unknown accounts are said to be unknown', async () => {
  expectProblem(await as(chief, '/staff/chief', { isDisabled: true }), 409, 'OWN_ACCOUNT');
  expectProblem(await as(chief, '/staff/chief', { role: 'agent' }), 409, 'OWN_ACCOUNT');
  expectProblem(await as(chief, '/staff/chief/reset-password', {}), 409, 'OWN_ACCOUNT');
  expectProblem(await as(chief, '/staff/nobody', { isDisabled: true }), 404, 'STAFF_UNKNOWN');
  expectProblem(await as(chief, '/staff/nobody/reset-password', {}), 404, 'STAFF_UNKNOWN');
  expectProblem(await as(chief, '/staff/nobody/end-sessions', {}), 404, 'STAFF_UNKNOWN');
  expect(await statusOfMe(chief)).toBe(200);
});

test('the administrator of one hall has nothing to do with accounts of others', async () => {
  await createStaff(hall.sql, { ...account('kartika', 'other'), role: 'agent' });
  await createStaff(hall.sql, { ...account('lukman', null), role: 'agent' });
  const listed = (await as(local, '/staff')).body as unknown as { branchId: string | null }[];
  expect(new Set(listed.map(({ branchId }) => branchId))).toEqual(new Set([hall.branchId]));
  for (const login of ['kartika', 'lukman', 'chief']) {
    expectProblem(await as(local, `/staff/${login}`, { role: 'agent' }), 404, 'STAFF_UNKNOWN');
    expectProblem(await as(local, `/staff/${login}/reset-password`, {}), 404, 'STAFF_UNKNOWN');
    expectProblem(await as(local, `/staff/${login}/end-sessions`, {}), 404, 'STAFF_UNKNOWN');
  }
  for (const branchId of ['other', null]) {
    expectProblem(await as(local, '/staff', account('mira', branchId)), 403, 'OTHER_BRANCH');
  }
  await add('mira', local);
  expectProblem(await as(local, '/staff/mira', { branchId: null }), 403, 'OTHER_BRANCH');
  expect((await as(local, '/staff/mira', { role: 'administrator' })).status).toBe(200);
});
