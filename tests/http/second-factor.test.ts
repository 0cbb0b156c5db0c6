import { createStaff } from '@antrean/server/access/create-staff.ts';
import { sealHalfway } from '@antrean/server/access/halfway.ts';
import { resetFactorOf } from '@antrean/server/access/reset-factor.ts';
import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import type { FactorToConfirm, RecoveryCodes } from '@antrean/shared/protocol/second-factor.ts';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { testSeal } from '../harness/test-seal.ts';
import { startTestScreen } from '../harness/test-screen.ts';
import { type Answer, ask, expectProblem } from './ask.ts';

let hall: TestHall;
let address: string;
let other: string;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2, secondFactor: 'required' });
  [address, other] = hall.nodes.map((node) => node.address) as [string, string];
});
afterAll(() => hall?.stop());

const post = (path: string, body: object, cookie?: string, at = address): Promise<Answer> =>
  ask(`${at}/v1${path}`, 'POST', { body, ...(cookie && { headers: { cookie } }) });
const me = async (cookie: string): Promise<Answer> => ask(`${address}/v1/me`, 'GET', { headers: { cookie } });
const cookieOf = (answer: Answer): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const signIn = (login: string, password: string, at = address) => post('/sign-in', { login, password }, undefined, at);
const newAccount = (login: string, role: StaffRole = 'agent'): Promise<string> =>
  createStaff(hall.sql, { login, displayName: login, role, branchId: hall.branchId });

/** The code an app with this secret shows `steps` half minutes from now. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
/** Codes up to now are good no more; what an app shows next must not be waited for. */
const forgetSteps = (login: string) =>
  hall.sql`update staff_second_factor set last_step = last_step - 10 where staff_id = ${login}`;

interface Enrolled {
  readonly password: string;
  readonly secret: string;
  readonly recoveryCodes: string[];
  readonly cookie: string;
}
const enrolled = async (login: string, role: StaffRole = 'agent'): Promise<Enrolled> => {
  const password = await newAccount(login, role);
  const cookie = cookieOf(await signIn(login, password));
  const { secret, pending } = (await post('/me/second-factor', { password }, cookie))
    .body as unknown as FactorToConfirm;
  const answer = await post('/me/second-factor/confirm', { pending, code: codeOf(secret) }, cookie);
  expect(answer.status, answer.text).toBe(200);
  await forgetSteps(login);
  return { password, secret, cookie, recoveryCodes: (answer.body as unknown as RecoveryCodes).recoveryCodes };
};
const halfway = async (login: string, password: string): Promise<string> => {
  const answer = await signIn(login, password);
  expect(answer.status, answer.text).toBe(202);
  // Nothing that opens anything.
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(Object.keys(answer.body ?? {})).toEqual(['halfway']);
  return String(answer.body?.halfway);
};
const noted = async (action: string, subject: string): Promise<number> => {
  const [row] = await hall.sql<{ count: number }[]>`
    select count(*)::int as count from audit_entry where action = ${action} and subject = ${subject}`;
  return row?.count ?? 0;
};

test('a manager without a second factor does nothing but set one up; an agent works without', async () => {
  const password = await newAccount('ani', 'manager');
  const answer = await signIn('ani', password);
  expect(answer.body).toMatchObject({ id: 'ani', secondFactor: 'needed' });
  const cookie = cookieOf(answer);
  const opening = { commandId: crypto.randomUUID() };
  expectProblem(await post(`/branches/${hall.branchId}/day/open`, opening, cookie), 403, 'SECOND_FACTOR_NEEDED');
  const screen = startTestScreen(address, hall.branchId, { audience: 'floor', headers: { cookie } });
  await expect.poll(() => screen.socket.connected || screen.socket.active).toBe(true);
  expect(screen.entries().size).toBe(0);
  screen.close();

  const begun = await post('/me/second-factor', { password }, cookie);
  const { secret, uri, pending } = begun.body as unknown as FactorToConfirm;
  expect(uri).toMatch(
    /^otpauth:\/\/totp\/Antrean:ani\?issuer=Antrean&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
  );
  expectProblem(await post('/me/second-factor/confirm', { pending, code: '000 000' }, cookie), 403, 'CODE_WRONG');
  expect((await me(cookie)).body).toMatchObject({ secondFactor: 'needed' });
  const code = codeOf(secret);
  const done = await post(
    '/me/second-factor/confirm',
    { pending, code: `${code.slice(0, 3)} ${code.slice(3)}` },
    cookie,
  );
  expect(done.status, done.text).toBe(200);
  const { recoveryCodes } = done.body as unknown as RecoveryCodes;
  expect(new Set(recoveryCodes).size).toBe(10);
  expect((await me(cookie)).body).toMatchObject({ secondFactor: 'on' });
  expect((await post(`/branches/${hall.branchId}/day/open`, opening, cookie)).status).not.toBe(403);
  expect(await noted('second-factor.enrolled', 'ani')).toBe(1);
  // Begun twice, the first counts; and neither secret nor codes can be read in the database.
  expectProblem(await post('/me/second-factor/confirm', { pending, code }, cookie), 409, 'ENROLMENT_OVER');
  const [kept] =
    await hall.sql`select string_agg(f::text || r::text, '') as text from staff_second_factor f, staff_recovery_code r`;
  for (const told of [secret, ...recoveryCodes, ...recoveryCodes.map((each) => each.replaceAll('-', ''))]) {
    expect(kept?.text).not.toContain(told);
  }

  const agent = await signIn('budi', await newAccount('budi'));
  expect(agent.body).toMatchObject({ secondFactor: 'off' });
});

test('whoever has a second factor is in only with a code of it, and each code is good once, at whatever node', async () => {
  const { password, secret } = await enrolled('citra');
  const half = await halfway('citra', password);
  expectProblem(await me(`antrean-session=${half}`), 401, 'SIGN_IN_NEEDED');
  const code = codeOf(secret);
  const answers = await Promise.all(
    [address, other, address, other].map((at) => post('/sign-in/code', { halfway: half, code }, undefined, at)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  const right = answers.find(({ status }) => status === 200)!;
  expect(right.body).toMatchObject({ id: 'citra', secondFactor: 'on' });
  expect((await me(cookieOf(right))).status).toBe(200);
  expectProblem(await post('/sign-in/code', { halfway: half, code }), 401, 'CODE_WRONG');
  // Nor is an earlier one, which was never used.
  expectProblem(await post('/sign-in/code', { halfway: half, code: codeOf(secret, -1) }), 401, 'CODE_WRONG');
});

test('clocks may differ by half a minute, not by more', async () => {
  const { password, secret } = await enrolled('dewi');
  const half = await halfway('dewi', password);
  for (const steps of [-2, 2]) {
    // Near the end of a step, what was two steps away is one away when it arrives.
    const msLeft = 30_000 - (Date.now() % 30_000);
    if (msLeft < 1_500) await new Promise((resolve) => setTimeout(resolve, msLeft));
    expectProblem(await post('/sign-in/code', { halfway: half, code: codeOf(secret, steps) }), 401, 'CODE_WRONG');
  }
  for (const steps of [-1, 1]) {
    await forgetSteps('dewi');
    expect((await post('/sign-in/code', { halfway: half, code: codeOf(secret, steps) })).status).toBe(200);
  }
});

test('five wrong codes, from wherever, and the account waits; its password alone is no way around', async () => {
  const { password, secret } = await enrolled('eko');
  const half = await halfway('eko', password);
  const wrong = codeOf(secret, 500);
  const guesses = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      post('/sign-in/code', { halfway: half, code: wrong }, undefined, index % 2 ? address : other),
    ),
  );
  expect(guesses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(6);
  expectProblem(
    await post('/sign-in/code', { halfway: await halfway('eko', password), code: codeOf(secret) }),
    429,
    'TOO_MANY_TRIES',
  );
  expect(await noted('session.refused', 'eko')).toBe(guesses.filter(({ status }) => status === 401).length);
  // Nobody else waits.
  const fajar = await enrolled('fajar');
  const theirs = await halfway('fajar', fajar.password);
  expect((await post('/sign-in/code', { halfway: theirs, code: codeOf(fajar.secret) })).status).toBe(200);
});

test('what says that the password was right is good for five minutes, this password, this account, and nothing else', async () => {
  const { password, secret, cookie } = await enrolled('gita');
  const half = await halfway('gita', password);
  for (const made of ['x', 'A'.repeat(200), half.slice(0, -4), half.slice(4)]) {
    expectProblem(await post('/sign-in/code', { halfway: made, code: codeOf(secret) }), 401, 'SIGN_IN_OVER');
  }
  const [row] = await hall.sql<{ hash: string }[]>`select password_hash as hash from staff where id = 'gita'`;
  const late = sealHalfway(testSeal, 'gita', row!.hash, Date.now() - 5 * 60_000 - 1_000);
  expectProblem(await post('/sign-in/code', { halfway: late, code: codeOf(secret) }), 401, 'SIGN_IN_OVER');
  // What is sealed for the app's first code is for nothing else.
  const begun = await post('/me/second-factor', { password, code: codeOf(secret) }, cookie);
  expectProblem(
    await post('/sign-in/code', { halfway: begun.body?.pending, code: codeOf(secret, 1) }),
    401,
    'SIGN_IN_OVER',
  );
  const changed = { current: password, password: 'seven quiet herons fly' };
  expect((await post('/me/password', changed, cookie)).status).toBe(204);
  expectProblem(await post('/sign-in/code', { halfway: half, code: codeOf(secret, 1) }), 401, 'SIGN_IN_OVER');
  await hall.sql`update staff set disabled_at = now() where id = 'gita'`;
  expectProblem(await signIn('gita', changed.password), 401, 'SIGN_IN_WRONG');
});

test('a recovery code lets in once, and is noted', async () => {
  const { password, recoveryCodes } = await enrolled('hadi');
  const half = await halfway('hadi', password);
  const code = recoveryCodes[3]!.toUpperCase().replaceAll('-', ' ');
  const answers = await Promise.all([1, 2, 3].map(() => post('/sign-in/code', { halfway: half, code })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  expect(await noted('second-factor.recovery-used', 'hadi')).toBe(1);
  // One of somebody else's is none.
  const { password: theirs } = await enrolled('iwan');
  expectProblem(
    await post('/sign-in/code', { halfway: await halfway('iwan', theirs), code: recoveryCodes[4] }),
    401,
    'CODE_WRONG',
  );
});

test('its owner replaces it with a code of it, and the old one, its codes and all other sessions end', async () => {
  const { password, secret, cookie, recoveryCodes } = await enrolled('jaka');
  const there = cookieOf(
    await post('/sign-in/code', { halfway: await halfway('jaka', password), code: codeOf(secret) }),
  );
  expect((await me(there)).status).toBe(200);
  expectProblem(await post('/me/second-factor', { password }, cookie), 409, 'CODE_NEEDED');
  expectProblem(await post('/me/second-factor', { password, code: codeOf(secret) }, cookie), 403, 'CODE_WRONG');
  const begun = await post('/me/second-factor', { password, code: recoveryCodes[0] }, cookie);
  const { secret: fresh, pending } = begun.body as unknown as FactorToConfirm;
  // The present one counts until then.
  expect((await post('/me/second-factor', { password, code: codeOf(secret, 1) }, cookie)).status).toBe(200);
  expect((await post('/me/second-factor/confirm', { pending, code: codeOf(fresh) }, cookie)).status).toBe(200);
  expect([(await me(cookie)).status, (await me(there)).status]).toEqual([200, 401]);
  await forgetSteps('jaka');
  const half = await halfway('jaka', password);
  for (const code of [codeOf(secret), recoveryCodes[1]]) {
    expectProblem(await post('/sign-in/code', { halfway: half, code }), 401, 'CODE_WRONG');
  }
  expect((await post('/sign-in/code', { halfway: half, code: codeOf(fresh) })).status).toBe(200);
});

test('it is turned off by its owner where that is up to them, with password and code', async () => {
  const { password, secret, cookie } = await enrolled('kadek');
  const remove = (body: object) => post('/me/second-factor/remove', body, cookie);
  expectProblem(await remove({ password, code: '123456' }), 403, 'CODE_WRONG');
  expectProblem(await remove({ password: 'a wrong one', code: codeOf(secret) }), 403, 'PASSWORD_WRONG');
  expectProblem(await remove({ code: codeOf(secret) }), 400, 'INVALID');
  expect((await me(cookie)).body).toMatchObject({ secondFactor: 'on' });
  expect((await remove({ password, code: codeOf(secret) })).status).toBe(204);
  expectProblem(await remove({ password, code: codeOf(secret, 1) }), 409, 'SECOND_FACTOR_OFF');
  expect((await signIn('kadek', password)).body).toMatchObject({ secondFactor: 'off' });
  expect(await noted('second-factor.removed', 'kadek')).toBe(1);
  const chief = await enrolled('lestari', 'manager');
  expectProblem(
    await post('/me/second-factor/remove', { password: chief.password, code: codeOf(chief.secret) }, chief.cookie),
    409,
    'SECOND_FACTOR_REQUIRED',
  );
});

test('whoever only found the browser open turns nothing on, replaces nothing and turns nothing off', async () => {
  const password = await newAccount('oka');
  const cookie = cookieOf(await signIn('oka', password));
  const begin = (body: object) => post('/me/second-factor', body, cookie);
  expectProblem(await begin({}), 400, 'INVALID');
  for (let count = 0; count < 4; count++) expectProblem(await begin({ password: 'guess' }), 403, 'PASSWORD_WRONG');
  // They count together with those of signing in and of choosing another password.
  expectProblem(await signIn('oka', 'guess'), 401, 'SIGN_IN_WRONG');
  const refused = await begin({ password });
  expectProblem(refused, 429, 'TOO_MANY_TRIES');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
  expectProblem(await signIn('oka', password), 429, 'TOO_MANY_TRIES');
  const change = { current: password, password: 'seven quiet herons fly' };
  expectProblem(await post('/me/password', change, cookie), 429, 'TOO_MANY_TRIES');
  expect(await noted('session.refused', 'oka')).toBe(5);
  expect((await me(cookie)).body).toMatchObject({ secondFactor: 'off' });

  // With a factor a right code does not make up for the password, nor is it used up by being refused.
  const owner = await enrolled('putu');
  const acts = ['/me/second-factor', '/me/second-factor/recovery-codes', '/me/second-factor/remove'];
  for (const act of acts) {
    const body = { password: 'guess', code: codeOf(owner.secret) };
    expectProblem(await post(act, body, owner.cookie), 403, 'PASSWORD_WRONG');
    expectProblem(await post(act, body), 401, 'SIGN_IN_NEEDED');
    const foreign = { cookie: owner.cookie, origin: 'https://evil.example' };
    const sent = { password: owner.password, code: codeOf(owner.secret) };
    expectProblem(await ask(`${address}/v1${act}`, 'POST', { headers: foreign, body: sent }), 403, 'FOREIGN_ORIGIN');
  }
  const sent = { password: owner.password, code: codeOf(owner.secret) };
  expect((await post('/me/second-factor/recovery-codes', sent, owner.cookie)).status).toBe(200);
});

test('its owner sees how it stands, and makes new recovery codes, after which the old ones are good no more', async () => {
  const { password, secret, cookie, recoveryCodes } = await enrolled('rini');
  const shown = async () => (await ask(`${address}/v1/me/second-factor`, 'GET', { headers: { cookie } })).body;
  expect(await shown()).toMatchObject({ isOn: true, isRequired: false, isElsewhere: false, recoveryCodesLeft: 10 });
  expect(Math.abs(Number((await shown())?.since) - Date.now())).toBeLessThan(60_000);
  const renew = (body: object) => post('/me/second-factor/recovery-codes', body, cookie);
  // One of the old codes will do, too.
  const answer = await renew({ password, code: recoveryCodes[0] });
  expect(answer.status, answer.text).toBe(200);
  const fresh = (answer.body as unknown as RecoveryCodes).recoveryCodes;
  expect(new Set([...fresh, ...recoveryCodes]).size).toBe(20);
  expect(await shown()).toMatchObject({ recoveryCodesLeft: 10 });
  expect(await noted('second-factor.codes-renewed', 'rini')).toBe(1);
  // The same request once more does nothing: its code has been used.
  expectProblem(await renew({ password, code: recoveryCodes[0] }), 403, 'CODE_WRONG');
  const half = await halfway('rini', password);
  expectProblem(await post('/sign-in/code', { halfway: half, code: recoveryCodes[1] }), 401, 'CODE_WRONG');
  expect((await post('/sign-in/code', { halfway: half, code: fresh[1] })).status).toBe(200);
  expect(await shown()).toMatchObject({ recoveryCodesLeft: 9 });
  // The app is the same, and other sessions go on.
  expect((await renew({ password, code: codeOf(secret) })).status).toBe(200);

  const without = await newAccount('sinta');
  const theirs = cookieOf(await signIn('sinta', without));
  expectProblem(
    await post('/me/second-factor/recovery-codes', { password: without, code: '123456' }, theirs),
    409,
    'SECOND_FACTOR_OFF',
  );
  expect((await ask(`${address}/v1/me/second-factor`, 'GET', { headers: { cookie: theirs } })).body).toEqual({
    ...{ isOn: false, isRequired: false, isElsewhere: false, since: null, recoveryCodesLeft: 0 },
  });
  expectProblem(await ask(`${address}/v1/me/second-factor`, 'GET'), 401, 'SIGN_IN_NEEDED');
});

test('an administrator takes it off whoever lost it, never off the own account; the server’s console does that', async () => {
  const chief = await enrolled('chief', 'administrator');
  const lost = await enrolled('made', 'manager');
  const answer = await post('/staff/made/reset-second-factor', {}, chief.cookie);
  expect(answer.body).toMatchObject({ id: 'made', hasSecondFactor: false, sessions: 0 });
  expect((await me(lost.cookie)).status).toBe(401);
  expect((await signIn('made', lost.password)).body).toMatchObject({ secondFactor: 'needed' });
  expectProblem(await post('/staff/chief/reset-second-factor', {}, chief.cookie), 409, 'OWN_ACCOUNT');
  expectProblem(await post('/staff/chief/reset-second-factor', {}, lost.cookie), 401, 'SIGN_IN_NEEDED');
  expect(await resetFactorOf(hall.sql as never, 'CHIEF')).toBe(true);
  expect(await resetFactorOf(hall.sql as never, 'chief')).toBe(false);
  expect((await signIn('chief', chief.password)).body).toMatchObject({ secondFactor: 'needed' });
  expect(await noted('second-factor.reset', 'chief')).toBe(1);
});

test('whoever still has a given password sets up nothing: somebody else knows it, too', async () => {
  const login = 'nyoman';
  const password = await createStaff(hall.sql, {
    ...{ login, displayName: login, role: 'manager', branchId: hall.branchId },
    mustChangePassword: true,
  });
  const cookie = cookieOf(await signIn(login, password));
  expectProblem(await post('/me/second-factor', { password }, cookie), 403, 'PASSWORD_TO_CHANGE');
});
