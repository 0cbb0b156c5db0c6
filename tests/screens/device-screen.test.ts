import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { ask } from '../http/ask.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const { rules, ...shipped } = shippedBlueprint('mpp-banyuwangi');
const { openScreens: _, ...closed } = rules;
const blueprint = { ...shipped, rules: closed };
const name = { id: 'Papan di atas loket satu, sisi timur', en: 'Sign above counter one, east side' };
const screens = [{ id: 'above-1', name, layout: 'sign' as const, zone: { counters: [shipped.counters[0]!.id] } }];
const { hall, browser } = await startScreens({ ...blueprint, screens });
const withinMs = 45_000;

test('[DEVICE-8] a TV shows the screen that is chosen for it, without anybody going there, and says when that is gone', async () => {
  const { cookie, device } = await letIn(hall.address, hall.branchId, hall.manager.headers, { kind: 'display' });
  const tv = await openPage(browser, 'about:blank', sizes.tv);
  const [key = '', value = ''] = cookie.split(/=(.*)/s);
  await tv.context.addCookies([{ name: key, value, url: hall.address, httpOnly: true }]);
  await tv.page.goto(`${hall.address}/tv?lang=en`);
  await tv.page.locator('.lobby[data-link=live]').waitFor();

  const unknown = await ask(`${hall.address}/v1/branches/${hall.branchId}/devices/${device.id}`, 'POST', {
    headers: hall.manager.headers,
    body: { screenId: 'nowhere' },
  });
  expect([unknown.status, unknown.body?.code]).toEqual([404, 'SCREEN_UNKNOWN']);
  const { page } = await openPage(browser, `${hall.address}/devices?lang=en`, sizes.counter);
  await signInOnPage(page, 'manager', hall.managerPassword);
  await page.locator('[data-action=change-device]').waitFor();
  for (const language of ['id', 'az', 'ru', 'en']) {
    await page.goto(`${hall.address}/devices?lang=${language}`);
    await page.locator('[data-action=change-device]').click();
    await page.locator('[name=screen]').selectOption('above-1');
    await look(page, `devices-${language}-choose-screen`);
  }
  await page.locator('[data-action=save-device]').click();
  await page.getByText(`Shows: ${name.en}`).waitFor();
  await tv.page.getByTestId('sign').waitFor({ timeout: withinMs });

  await applyBlueprint(hall.sql, blueprint);
  await tv.page.getByTestId('no-screen').waitFor({ timeout: withinMs });
  await page.locator('tr.faulty').getByText('gone from the set-up').waitFor();
  for (const language of catalogueLanguages) {
    await page.goto(`${hall.address}/devices?lang=${language}`);
    await page.locator('tr.faulty').waitFor();
    await look(page, `devices-${language}-screen-gone`);
  }
  expect(tv.faults).toEqual([]);
}, 150_000);
