import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { lookAtKiosk } from './each-language.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = { ...shippedBlueprint('asan'), languages: ['az', 'ru', 'en', 'id'] };
const { hall, browser } = await startScreens(blueprint);

/** English at last: what is looked for is written so. */
const inTurn = ['id', 'az', 'ru', 'en'];

/** A kiosk that a manager let in. */
const openKiosk = async (path: string, size: { width: number; height: number }) => {
  const { cookie } = await letIn(hall.address, hall.branchId, hall.manager.headers, {
    kind: 'kiosk',
    name: 'Girişdəki köşk',
  });
  const kiosk = await openPage(browser, 'about:blank', size);
  const [name = '', value = ''] = cookie.split('=');
  await kiosk.context.addCookies([{ name, value, url: hall.address, httpOnly: true }]);
  await kiosk.page.goto(`${hall.address}${path}`);
  await kiosk.page.locator('[data-tile]').first().waitFor();
  return kiosk;
};
const help = (page: Page) => page.locator('[data-action=help]');
const dialog = (page: Page) => page.locator('dialog[aria-labelledby=call-staff]');

test('[HELP-1] staff are called from every page of a kiosk, see it on theirs, and the visitor hears that somebody comes', async () => {
  const { page, context, faults } = await openKiosk('/kiosk?lang=en', sizes.kiosk);
  for (const choose of ['[data-tile]:not(.journey)', '[data-tile]', '[data-testid=take]', null]) {
    await help(page).click();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    if (choose) await page.locator(choose).first().click();
    if (choose === '[data-testid=take]') await page.getByTestId('ticket-number').waitFor();
  }
  await help(page).click();
  await dialog(page).getByRole('button', { name: 'Call staff' }).click();
  await dialog(page).getByRole('heading', { name: 'Staff have been called' }).waitFor();
  await lookAtKiosk(page, 'kiosk-help-called', inTurn);

  const manager = await openPage(browser, `${hall.address}/manager?lang=en`, sizes.counter);
  await signInOnPage(manager.page, 'manager', hall.managerPassword);
  const call = manager.page.locator('[data-help]');
  await call.getByText('Girişdəki köşk').waitFor();
  await look(manager.page, 'manager-help-call');
  const beside = await openPage(browser, `${hall.address}/counter?lang=az`, sizes.beside);
  await signInOnPage(beside.page, 'nigar', await hall.hire('nigar', 'Nigar'));
  await beside.page.locator('[data-help]').waitFor();
  await look(beside.page, 'counter-help-call-az');

  await beside.page.locator('[data-help] button').click();
  await beside.page.locator('[data-help]').waitFor({ state: 'detached' });
  await call.waitFor({ state: 'detached' });
  await dialog(page).getByRole('heading', { name: 'Somebody is on the way' }).waitFor();
  await lookAtKiosk(page, 'kiosk-help-coming', inTurn);
  expect(faults).toEqual([]);
  await Promise.all([context.close(), manager.context.close(), beside.context.close()]);
}, 120_000);

test('[HELP-1] a call that could not be sent says so, and can be sent again', async () => {
  const { page, context } = await openKiosk('/kiosk?lang=en', sizes.kiosk);
  await page.route('**/help-calls', (route) => route.abort());
  await help(page).click();
  await dialog(page).getByRole('button', { name: 'Call staff' }).click();
  await dialog(page).getByRole('heading', { name: 'The call could not be sent' }).waitFor();
  await lookAtKiosk(page, 'kiosk-help-failed', inTurn);
  await page.unroute('**/help-calls');
  await dialog(page).getByRole('button', { name: 'Try again' }).click();
  await dialog(page).getByRole('heading', { name: 'Staff have been called' }).waitFor();
  await context.close();
}, 60_000);

test('help has room beside every language, upright, lying, low and large', async () => {
  for (const [shape, size, eases] of [
    ['upright', sizes.kiosk, []],
    ['lying', sizes.kioskWide, []],
    ['low-large', sizes.kiosk, ['large', 'low']],
  ] as const) {
    const { page, context } = await openKiosk('/kiosk', size);
    for (const [at, language] of blueprint.languages.entries()) {
      await page.locator('.language').nth(at).click();
      await page.locator(`html[lang=${language}]`).waitFor();
      for (const ease of at === 0 ? eases : []) await page.locator(`[data-ease-of=${ease}]`).click();
      await look(page, `kiosk-help-button-${language}-${shape}`);
      await help(page).click();
      await dialog(page).waitFor();
      await look(page, `kiosk-help-${language}-${shape}`);
      await dialog(page).locator('.close').click();
    }
    await context.close();
  }
}, 180_000);
