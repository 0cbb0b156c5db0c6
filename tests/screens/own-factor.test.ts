import { createStaff } from '@antrean/server/access/create-staff.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { ask } from '../http/ask.ts';
import { launchBrowser, openPage, signInOnPage, sizes } from './browser.ts';
import { buildScreens } from './build-screens.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';

await buildScreens();
const hall = await startTestHall({
  blueprint: { ...plainHall, languages: [...catalogueLanguages] },
  servesScreens: true,
  secondFactor: 'offered',
});
const address = hall.nodes[0]!.address;
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await hall.stop();
});

const hire = (login: string, role: StaffRole): Promise<string> =>
  createStaff(hall.sql, { login, displayName: login, role, branchId: hall.branchId });
const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
/** Codes up to now are good no more; what an app shows next must not be waited for. */
const forgetSteps = () => hall.sql`update staff_second_factor set last_step = last_step - 10`;

const act = (page: Page, name: string) => page.locator(`dialog [data-action=${name}]`);
const openFactor = async (page: Page): Promise<void> => {
  await page.locator('[data-action=account]').click();
  await act(page, 'own-factor').click();
  await page.locator('[data-factor]').waitFor();
};
const state = (page: Page) => () => page.locator('[data-factor]').getAttribute('data-factor');
const alertOf = (page: Page) => page.locator('dialog [role=alert]').textContent();

test.each(['/counter', '/manager', '/admin', '/devices'])(
  'everybody comes to their own second factor from %s',
  async (path) => {
    const login = `boss-${path.slice(1)}`;
    const { page } = await openPage(browser, `${address}${path}?lang=en`, sizes.counter);
    await signInOnPage(page, login, await hire(login, 'manager'));
    await openFactor(page);
    expect(await state(page)()).toBe('off');
  },
);

test(
  'an agent turns it on by keyboard, makes new codes, takes another phone, and turns it off',
  { timeout: 180_000 },
  async () => {
    const password = await hire('sari', 'agent');
    const { page, faults } = await openPage(browser, `${address}/counter?lang=en`, sizes.counter);
    await signInOnPage(page, 'sari', password);
    await page.locator('[data-action=account]').focus();
    await page.keyboard.press('Enter');
    await act(page, 'own-factor').focus();
    await page.keyboard.press('Enter');
    await act(page, 'turn-on').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('name')).toBe('password');
    await page.keyboard.type('not this one');
    await page.keyboard.press('Enter');
    await eventually(() => alertOf(page)).toContain('wrong');
    expect(await hall.sql`select from staff_second_factor where staff_id = 'sari'`).toHaveLength(0);
    await page.locator('dialog [name=password]').fill(password);
    await page.keyboard.press('Enter');
    const secretPlace = page.getByTestId('secret');
    await secretPlace.waitFor();
    await look(page, 'own-factor-scan-en');
    const secretOf = async () => ((await secretPlace.textContent()) ?? '').replaceAll(' ', '');
    const secret = await secretOf();
    expect(await page.locator(':focus').getAttribute('name')).toBe('code');
    await page.keyboard.type(codeOf(secret));
    await page.keyboard.press('Enter');
    await page.locator('dialog ol li').first().waitFor();
    const codes = await page.locator('dialog ol li').allTextContents();
    expect(codes).toHaveLength(10);
    await look(page, 'own-factor-codes-en');
    // What is printed is the codes alone.
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header').first().isVisible()).toBe(false);
    expect(await page.locator('dialog ol li').first().isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await act(page, 'kept').click();
    await eventually(state(page)).toBe('on');
    expect(await page.locator('dialog').textContent()).toContain('10 recovery codes are left');
    expect(await page.locator('dialog').textContent()).not.toContain(codes[0]!);

    // New codes: the old ones are good no more.
    await act(page, 'new-codes').click();
    await page.locator('dialog [name=password]').fill(password);
    await page.locator('dialog [name=code]').fill('000000');
    await act(page, 'go').click();
    await eventually(() => alertOf(page)).toContain('not right');
    await page.locator('dialog [name=code]').fill(codes[0]!);
    await act(page, 'go').click();
    await page.locator('dialog ol li').first().waitFor();
    const fresh = await page.locator('dialog ol li').allTextContents();
    expect(fresh).not.toContain(codes[1]);
    await act(page, 'kept').click();

    // Another phone, with one of the new codes; a look at it and back changes nothing.
    await act(page, 'replace').click();
    await act(page, 'back').click();
    await eventually(state(page)).toBe('on');
    await act(page, 'replace').click();
    await page.locator('dialog [name=password]').fill(password);
    await page.locator('dialog [name=code]').fill(fresh[0]!);
    await act(page, 'go').click();
    await secretPlace.waitFor();
    const second = await secretOf();
    expect(second).not.toBe(secret);
    await page.locator('dialog [name=code]').fill(codeOf(second));
    await act(page, 'go').click();
    await act(page, 'kept').click();
    await eventually(state(page)).toBe('on');

    await forgetSteps();
    await act(page, 'turn-off').click();
    await page.locator('dialog [name=password]').fill(password);
    await page.locator('dialog [name=code]').fill(codeOf(second));
    await act(page, 'go').click();
    await eventually(state(page)).toBe('off');
    const answer = await ask(`${address}/v1/sign-in`, 'POST', { body: { login: 'sari', password } });
    expect(answer.body).toMatchObject({ secondFactor: 'off' });
    expect(faults).toEqual([]);
  },
);

test('an administrator sees it in every language, on and off', { timeout: 180_000 }, async () => {
  const password = await hire('chief', 'administrator');
  for (const language of catalogueLanguages) {
    const { page, context } = await openPage(browser, `${address}/admin?lang=${language}`, sizes.counter);
    await signInOnPage(page, 'chief', password);
    await page.locator('[data-action=account]').click();
    await act(page, 'own-factor').waitFor();
    await look(page, `own-account-${language}`);
    await act(page, 'own-factor').click();
    await page.locator('[data-factor]').waitFor();
    await look(page, `own-factor-off-${language}`);
    // As if it had been turned on elsewhere meanwhile.
    await hall.sql`insert into staff_second_factor (staff_id, secret, last_step) values ('chief', 'sealed', 1)
        on conflict do nothing`;
    await page.keyboard.press('Escape');
    await openFactor(page);
    await eventually(state(page)).toBe('on');
    await look(page, `own-factor-on-${language}`);
    await act(page, 'replace').click();
    await look(page, `own-factor-replace-${language}`);
    await hall.sql`delete from staff_second_factor where staff_id = 'chief'`;
    await context.close();
  }
});
