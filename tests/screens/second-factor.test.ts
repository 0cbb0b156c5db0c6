import { createStaff } from '@antrean/server/access/create-staff.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { ask } from '../http/ask.ts';
import { launchBrowser, openPage, signInOnPage, sizes } from './browser.ts';
import { buildScreens } from './build-screens.ts';
import { look } from './look.ts';

await buildScreens();
const hall = await startTestHall({
  blueprint: { ...plainHall, languages: [...catalogueLanguages] },
  servesScreens: true,
  secondFactor: 'required',
});
const address = hall.nodes[0]!.address;
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await hall.stop();
});

const shapes = { wide: sizes.counter, narrow: sizes.beside };
/** Looks at a page in all languages, wide and beside another window. */
const lookAtAll = async (page: Page, name: string): Promise<void> => {
  for (const language of catalogueLanguages) {
    await page.getByRole('combobox').selectOption(language);
    for (const [shape, size] of Object.entries(shapes)) {
      await page.setViewportSize(size);
      await look(page, `plain-${language}-${shape}-${name}`);
    }
  }
  await page.setViewportSize(sizes.counter);
  await page.getByRole('combobox').selectOption('en');
};
const newChief = (login: string, displayName: string): Promise<string> =>
  createStaff(hall.sql, { login, displayName, role: 'manager', branchId: hall.branchId });
const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
/** Codes up to now are good no more; what an app shows next must not be waited for. */
const forgetSteps = () => hall.sql`update staff_second_factor set last_step = last_step - 10`;

let secret = '';
let recovery: string[] = [];
let password = '';

test('a manager sets up the app by keyboard, keeps the recovery codes, and is in', { timeout: 180_000 }, async () => {
  password = await newChief('dewi', 'Dewi Kusumaningtyas Prabowo Suryaningrat');
  const { page, faults } = await openPage(browser, `${address}/manager?lang=en`, sizes.counter);
  await signInOnPage(page, 'dewi', password);
  // Once more: the browser may have been left open.
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await lookAtAll(page, 'factor-password');
  await page.locator('[name=password]').focus();
  await page.keyboard.type('not this one');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('alert').textContent()).toContain('wrong');
  await page.locator('[name=password]').focus();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByTestId('secret').waitFor();
  await lookAtAll(page, 'factor-set-up');
  const shown = (await page.getByTestId('secret').textContent()) ?? '';
  expect(shown).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  secret = shown.replaceAll(' ', '');
  expect(await page.locator(':focus').getAttribute('name')).toBe('code');
  expect(await page.locator('[name=code]').getAttribute('autocomplete')).toBe('one-time-code');
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('alert').textContent()).toContain('not right');
  await page.locator('[name=code]').focus();
  const code = codeOf(secret);
  await page.keyboard.type(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.keyboard.press('Enter');
  await page.locator('ol li').first().waitFor();
  recovery = await page.locator('ol li').allTextContents();
  expect(recovery).toHaveLength(10);
  await lookAtAll(page, 'factor-recovery');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('Dewi Kusumaningtyas').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  expect(faults).toEqual([]);
});

test('what the QR code says is what an app needs', async () => {
  await newChief('eko', 'Eko');
  const given = await newChief('eko', 'Eko');
  const { page } = await openPage(browser, `${address}/manager?lang=en`, sizes.counter);
  await signInOnPage(page, 'eko', given);
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await page.locator('[name=password]').fill(given);
  await page.keyboard.press('Enter');
  const picture = page.getByRole('img', { name: 'QR code' });
  await picture.waitFor();
  const uri = new TOTP({
    ...{ issuer: 'Antrean', label: 'eko' },
    secret: Secret.fromBase32(((await page.getByTestId('secret').textContent()) ?? '').replaceAll(' ', '')),
  }).toString();
  // Where Chromium can read such codes it does; it cannot on Linux, so the picture is held against another drawing of it.
  const { encode } = await import('uqr');
  const { data, size } = encode(uri, { ecc: 'L', border: 0 });
  const dark = await picture.locator('path').getAttribute('d');
  const drawn = new Set([...(dark ?? '').matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  expect(await picture.getAttribute('viewBox')).toBe(`0 0 ${size + 8} ${size + 8}`);
  expect(drawn).toEqual(
    new Set(data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x + 4} ${y + 4}`] : [])))),
  );
});

test(
  'from then on a code is asked for after the password; a wrong one says so, and one can go back',
  { timeout: 180_000 },
  async () => {
    await forgetSteps();
    const { page, faults } = await openPage(browser, `${address}/manager?lang=en`, sizes.counter);
    await look(page, 'plain-en-wide-sign-in');
    await signInOnPage(page, 'dewi', password);
    await page.locator('[name=code]').waitFor();
    await lookAtAll(page, 'factor-code');
    await page.locator('[name=code]').focus();
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('not right');
    await look(page, 'plain-en-wide-factor-code-wrong');
    await page.getByRole('button', { name: 'Back to the password' }).click();
    await signInOnPage(page, 'dewi', password);
    await page.locator('[name=code]').waitFor();
    await page.keyboard.type(codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByText('Dewi Kusumaningtyas').waitFor();
    expect(faults).toEqual([]);
  },
);

test('without the phone a recovery code lets in, once', async () => {
  const { page } = await openPage(browser, `${address}/manager?lang=en`, sizes.counter);
  const enter = async (): Promise<void> => {
    await signInOnPage(page, 'dewi', password);
    await page.locator('[name=code]').waitFor();
    await page.keyboard.type(recovery[0]!);
    await page.keyboard.press('Enter');
  };
  await enter();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await enter();
  expect(await page.getByRole('alert').textContent()).toContain('has been used');
  expect((await ask(`${address}/v1/me`, 'GET')).status).toBe(401);
});
