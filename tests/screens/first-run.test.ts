import { makeSetUpCode } from '@antrean/server/access/set-up-code.ts';
import { startNode } from '@antrean/server/node.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import postgres from 'postgres';
import { io } from 'socket.io-client';
import { afterAll, expect, inject, test } from 'vitest';
import { ask, expectProblem } from '../http/ask.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { testSeal } from '../harness/test-seal.ts';
import { startTestRedis } from '../harness/redis.ts';
import { launchBrowser, openPage, signInOnPage, sizes } from './browser.ts';
import { buildScreens } from './build-screens.ts';
import { look } from './look.ts';

await buildScreens();
const databaseUrl = await createTestDatabase(inject('postgresUrl'));
const redis = await startTestRedis();
const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
await importBlueprint(sql, plainHall);
const log = createLog(process.env.ANTREAN_TEST_LOG ?? 'fatal');
const node = await startNode({
  databaseUrl,
  redisUrl: redis.url,
  host: '127.0.0.1',
  port: 0,
  seal: testSeal,
  log,
  servesScreens: true,
});
const { address } = node;
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await node.close();
  await redis.stop();
  await sql.end({ timeout: 1 });
});

const own = 'seven quiet herons fly';
const setUp = (code: string, password = own) =>
  ask(`${address}/v1/set-up`, 'POST', { body: { code, login: 'siti', displayName: 'Siti', password } });
/** Whether anybody is shown the board, as this hall with its open screens allows. */
const boardIsShown = async (): Promise<boolean> => {
  const auth = { audience: 'board', branchId: plainHall.branch };
  const socket = io(address, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  const isShown = await new Promise<boolean>((resolve) => {
    socket.once('snapshot', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
  socket.disconnect();
  return isShown;
};

test('before there is an administrator nothing is to be had, and nobody becomes one without the code', async () => {
  for (const path of ['/v1/branches', `/v1/branches/${plainHall.branch}/board`, '/v1/me', '/v1/staff']) {
    expectProblem(await ask(address + path, 'GET'), 503, 'SET_UP_NEEDED');
  }
  expectProblem(
    await ask(`${address}/v1/branches/${plainHall.branch}/tickets`, 'POST', {
      body: { commandId: crypto.randomUUID(), serviceId: 'S-0' },
    }),
    503,
    'SET_UP_NEEDED',
  );
  expect(await boardIsShown()).toBe(false);
  expect((await ask(`${address}/healthz`, 'GET')).status).toBe(200);
  expect((await ask(`${address}/v1/set-up`, 'GET')).body).toEqual({ isNeeded: true });
  expectProblem(await setUp('aaaa-bbbb-cccc-dddd'), 403, 'SET_UP_CODE_WRONG');
  const old = await makeSetUpCode(sql as never);
  await sql`update installation_key set created_at = now() - interval '31 minutes' where purpose = 'set-up'`;
  expectProblem(await setUp(old ?? ''), 403, 'SET_UP_CODE_WRONG');
  // A start makes another, and the one before is void.
  const [first, second] = [await makeSetUpCode(sql as never), await makeSetUpCode(sql as never)];
  expect(second).not.toBe(first);
  expectProblem(await setUp(first ?? ''), 403, 'SET_UP_CODE_WRONG');
  expectProblem(await setUp(second ?? '', 'password1234'), 400, 'PASSWORD_GUESSABLE');
  expect(await sql`select count(*)::int as count from staff`).toEqual([{ count: 0 }]);
});

test('the one with the code becomes the administrator in the browser, signed in, and the code is gone', async () => {
  for (const language of catalogueLanguages) {
    for (const [shape, size] of Object.entries({ wide: sizes.counter, narrow: sizes.beside })) {
      const { page, context } = await openPage(browser, `${address}/set-up?lang=${language}`, size);
      await page.locator('[name=code]').waitFor();
      await look(page, `plain-${language}-${shape}-set-up`);
      await context.close();
    }
  }
  const code = (await makeSetUpCode(sql as never)) ?? '';
  const { page, faults } = await openPage(browser, `${address}/set-up?lang=en`, sizes.counter);
  await page.locator('[name=code]').fill(` ${code.toUpperCase().replaceAll('-', ' ')} `);
  await page.locator('[name=login]').fill('siti');
  await page.locator('[name=display-name]').fill('Siti Nurhaliza');
  await page.locator('[name=new-password]').fill(own);
  await page.locator('[name=again]').fill('seven quiet herons');
  await page.locator('form button').click();
  expect(await page.getByRole('alert').textContent()).toContain('not the same');
  await page.locator('[name=again]').fill(own);
  await page.locator('form button').click();
  await page.locator('a[href="/manager"]').waitFor();
  await look(page, 'plain-en-set-up-done');
  await page.locator('a[href="/manager"]').click();
  await page.getByText('Siti Nurhaliza').waitFor();
  expect(faults).toEqual([]);

  expect(await boardIsShown()).toBe(true);
  expect((await ask(`${address}/v1/set-up`, 'GET')).body).toEqual({ isNeeded: false });
  expectProblem(await setUp(code), 409, 'SET_UP_ALREADY');
  expect(await makeSetUpCode(sql as never)).toBeNull();
  expect(await sql`select login, role, branch_id, must_change_password from staff`).toEqual([
    { login: 'siti', role: 'administrator', branch_id: null, must_change_password: false },
  ]);
});

test('whoever was given a password chooses another at the door, and is in', async () => {
  const { headers } = await ask(`${address}/v1/sign-in`, 'POST', { body: { login: 'siti', password: own } });
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!;
  const made = await ask(`${address}/v1/staff`, 'POST', {
    headers: { cookie },
    body: { login: 'budi', displayName: 'Budi', role: 'agent', branchId: plainHall.branch },
  });
  await ask(`${address}/v1/branches/${plainHall.branch}/day/open`, 'POST', {
    headers: { cookie },
    body: { commandId: crypto.randomUUID() },
  });
  const { page, faults } = await openPage(browser, `${address}/counter?lang=en`, sizes.counter);
  await signInOnPage(page, 'budi', made.body?.password as string);
  await page.locator('[name=again]').waitFor();
  await look(page, 'plain-en-choose-password');
  await page.locator('[name=password]').fill(made.body?.password as string);
  for (const name of ['new-password', 'again']) await page.locator(`[name=${name}]`).fill('Budi12345678');
  await page.locator('form button').click();
  expect(await page.getByRole('alert').textContent()).toContain('easily guessed');
  for (const name of ['new-password', 'again']) await page.locator(`[name=${name}]`).fill('four slow green kettles');
  await page.locator('form button').click();
  await page.locator('[data-counter="1"]').waitFor();
  expect(faults).toEqual([]);
});

test('a page that somebody is at keeps its session, and says so once a minute', async () => {
  const { page } = await openPage(browser, `${address}/counter?lang=en`, sizes.counter);
  const seen: string[] = [];
  page.on('request', (request) => void (request.url().endsWith('/v1/me/seen') && seen.push(request.method())));
  await signInOnPage(page, 'budi', 'four slow green kettles');
  await page.locator('[data-counter="1"]').waitFor();
  for (let press = 0; press < 5; press++) await page.keyboard.press('Tab');
  await expect.poll(() => seen).toEqual(['POST']);
  // Left alone for too long, it is back at the door.
  await sql`update staff_session set seen_at = now() - interval '31 minutes'`;
  await page.locator('[name=login]').waitFor({ timeout: 15_000 });
});
