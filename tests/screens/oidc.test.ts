import { readOidc } from '@antrean/server/start-up/read-oidc.ts';
import { readSettings } from '@antrean/server/start-up/settings.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { startTestIssuer } from '../harness/test-issuer.ts';
import { launchBrowser, openPage, signInOnPage, sizes } from './browser.ts';
import { buildScreens } from './build-screens.ts';
import { look } from './look.ts';
import { keepPicture } from './pictures.ts';

await buildScreens();
const issuer = await startTestIssuer('antrean');
const hall = await startTestHall({
  blueprint: { ...plainHall, languages: [...catalogueLanguages] },
  servesScreens: true,
  oidc: readOidc(
    readSettings({
      ANTREAN_OIDC_ISSUER: issuer.issuer,
      ANTREAN_OIDC_CLIENT_ID: 'antrean',
      ANTREAN_OIDC_ROLES: 'desk=agent@plain',
      ANTREAN_OIDC_NAME: 'Kementerian PANRB Banyuwangi',
    }),
  ),
});
const address = hall.nodes[0]!.address;
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await hall.stop();
  await issuer.stop();
});

const lookAtAll = async (page: Page, name: string): Promise<void> => {
  for (const language of catalogueLanguages) {
    await page.getByRole('combobox').selectOption(language);
    for (const [shape, size] of Object.entries({ wide: sizes.counter, narrow: sizes.beside })) {
      await page.setViewportSize(size);
      await look(page, `plain-${language}-${shape}-${name}`);
    }
  }
  await page.setViewportSize(sizes.counter);
  await page.getByRole('combobox').selectOption('en');
};

test('the button is at the door in every language', { timeout: 180_000 }, async () => {
  const { page } = await openPage(browser, `${address}/counter?branch=plain&lang=en`, sizes.counter);
  await page.getByRole('link', { name: 'Sign in with Kementerian PANRB Banyuwangi' }).waitFor();
  await lookAtAll(page, 'oidc-sign-in');
});

test('an agent signs in by way of the button, and is at the counter page of the same hall and language', async () => {
  issuer.claims = { sub: 'ani', name: 'Ani Wijaya', roles: ['desk'] };
  const { page, faults } = await openPage(browser, `${address}/counter?branch=plain&lang=en`, sizes.counter);
  const button = page.getByRole('link', { name: 'Sign in with Kementerian PANRB Banyuwangi' });
  await button.waitFor();
  await button.click();
  await keepPicture(page, 'plain-en-oidc-in');
  await page.getByText('Ani Wijaya').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  expect(new URL(page.url()).search).toBe('?branch=plain&lang=en');
  expect(faults).toEqual([]);
});

test(
  'whoever may do nothing here is told so in plain words, once, and can still sign in with a password',
  { timeout: 180_000 },
  async () => {
    issuer.claims = { sub: 'stranger', roles: ['other'] };
    const { page, faults } = await openPage(browser, `${address}/manager?branch=plain&lang=en`, sizes.counter);
    await page.getByRole('link', { name: 'Sign in with' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('no access');
    expect(page.url()).not.toContain('refused');
    await lookAtAll(page, 'oidc-refused');
    await page.reload();
    await page.locator('[name=login]').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await signInOnPage(page, 'manager', hall.managerPassword);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(faults).toEqual([]);
  },
);
