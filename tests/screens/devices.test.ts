import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { protocolVersion } from '@antrean/shared/protocol/version.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { closeEach, lookInEach, openInEach } from './each-language.ts';
import { look } from './look.ts';
import { keepPicture } from './pictures.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const { openScreens: _, ...rules } = shipped.rules;
const { hall, browser } = await startScreens({ ...shipped, rules });
const { address, branchId } = hall;

const codeOn = async (page: Page): Promise<string> => (await page.getByTestId('pairing-code').textContent()) ?? '';
const openDevices = async (language: string): Promise<Page> => {
  const { page } = await openPage(browser, `${address}/devices?lang=${language}`, sizes.counter);
  await signInOnPage(page, 'manager', hall.managerPassword);
  await page.locator('[data-action=add-device]').waitFor();
  return page;
};

test('[DEVICE-1] [DEVICE-4] a TV shows a code, a manager types it and compares, the TV goes live, and is taken back', async () => {
  const tv = await openPage(browser, `${address}/tv?lang=id`, sizes.tv);
  await tv.page.getByTestId('pairing-code').waitFor();
  await look(tv.page, 'devices-id-pairing-tv');
  const picture = await tv.page.getByTestId('pairing-picture').textContent();

  const { page } = await openPage(browser, `${address}/manager?lang=id`, sizes.counter);
  await signInOnPage(page, 'manager', hall.managerPassword);
  await page.locator('[data-action=devices]').click();
  await page.getByTestId('no-devices').waitFor();
  await look(page, 'devices-id-none');
  // By keyboard alone: the dialog's first field has the focus, Enter sends.
  await page.locator('[data-action=add-device]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('wrongone');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.locator('[name=code]').fill((await codeOn(tv.page)).toLowerCase().replace('-', ''));
  await page.keyboard.press('Enter');
  await page.getByTestId('picture').waitFor();
  expect(await page.getByTestId('picture').textContent()).toBe(picture);
  await look(page, 'devices-id-add');
  await page.locator('[name=name]').fill('TV lobi timur');
  await page.locator('[name=area]').fill('Lantai 1, sisi timur');
  await page.keyboard.press('Enter');
  await tv.page.locator('.lobby[data-link=live]').waitFor();
  await page.locator('[data-device="TV lobi timur"] .fine').waitFor();
  // A reload, and the server knows it.
  await tv.page.reload();
  await tv.page.locator('.lobby[data-link=live]').waitFor();

  await page.locator('[data-action=change-device]').click();
  await page.locator('[name=name]').fill('TV lobi barat');
  await page.keyboard.press('Enter');
  await page.locator('[data-device="TV lobi barat"]').waitFor();
  await page.locator('[data-action=revoke-device]').click();
  await look(page, 'devices-id-revoke');
  await page.locator('[data-action=revoke-now]').click();
  await page.getByTestId('no-devices').waitFor();
  await tv.page.getByTestId('pairing-code').waitFor();
  expect(tv.faults).toEqual([]);
  await tv.context.close();
});

test('[DEVICE-1] a code that has run out is replaced by another; how to be let in is said in every language', async () => {
  for (const [kind, path, size] of [
    ['tv', '/tv?', sizes.tv],
    ['kiosk', '/kiosk?', sizes.kiosk],
  ] as const) {
    const pages = await openInEach(browser, (language) => `${address}${path}lang=${language}`, size);
    await lookInEach(pages, `pairing-${kind}`, (each) => each.getByTestId('pairing-code').waitFor());
    await closeEach(pages);
  }
  const { page, context } = await openPage(browser, `${address}/kiosk?lang=az`, sizes.kiosk);
  await page.getByTestId('pairing-code').waitFor();
  const first = await codeOn(page);
  await hall.sql`update device_pairing set expires_at = now() - interval '1 s'`;
  await expect.poll(() => codeOn(page), { timeout: 15_000 }).not.toBe(first);
  await context.close();
}, 120_000);

test('[DEVICE-1] where too many screens have asked, each says so in its language, and asks by itself', async () => {
  const busy = { status: 429, json: { code: 'TOO_MANY_TRIES', message: 'later', details: { waitSeconds: 600 } } };
  const { page, context } = await openPage(browser, 'about:blank', sizes.kiosk);
  await page.route('**/v1/device-pairings', (route) => route.fulfill(busy));
  for (const language of catalogueLanguages) {
    await page.goto(`${address}/kiosk?lang=${language}`);
    await page.getByText(/\b(9|10):\d\d\b/).waitFor();
    expect(await page.getByTestId('pairing-code').count()).toBe(0);
    await look(page, `pairing-busy-${language}`);
  }
  await context.close();
}, 60_000);

test('[DEVICE-6] a kiosk that issued too fast says so, waits, and gives one ticket', async () => {
  const { cookie, device } = await letIn(address, branchId, hall.manager.headers, { kind: 'kiosk' });
  const { page, context, faults } = await openPage(browser, 'about:blank', sizes.kiosk);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: address, httpOnly: true }]);
  await page.goto(`${address}/kiosk?lang=id`);
  await page.locator('.kiosk[data-link=live][data-filled=true]').waitFor();
  // A journey: it is asked for on the next page.
  await page.locator('[data-tile]').first().click();
  await page.getByTestId('take').waitFor();
  const service = shipped.services[0]!.id;
  for (let count = 0; count < 5; count++) {
    const issued = await fetch(`${address}/v1/branches/${branchId}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ commandId: crypto.randomUUID(), serviceId: service }),
    });
    expect(issued.status).toBe(201);
  }
  const before = await hall.sql`select count(*)::int as count from ticket`;
  await page.getByTestId('take').click();
  await page.getByText('Mohon tunggu sebentar').waitFor();
  await keepPicture(page, 'devices-id-kiosk-busy');
  await page.locator('.kiosk[data-step=ticket]').waitFor({ timeout: 30_000 });
  const after = await hall.sql`select count(*)::int as count from ticket`;
  expect(after[0]!.count).toBe(before[0]!.count + 1);
  expect(faults).toEqual([]);
  await context.close();
  await hall.sql`update device set revoked_at = now() where id = ${device.id}`;
});

test('twelve devices with long names, those with something wrong first, in every language', async () => {
  const health = { version: protocolVersion, width: 1920, height: 1080, sound: 'none', paper: 'ok' };
  for (let index = 1; index <= 12; index++) {
    const kind = index % 3 ? 'display' : 'kiosk';
    const name =
      index % 4 ? `TV ${index}` : `Layar panggilan ruang tunggu utama dekat pintu masuk timur nomor ${index}`;
    const { device } = await letIn(address, branchId, hall.manager.headers, { kind, name });
    const said = {
      ...health,
      ...(index === 5 && { sound: 'blocked' }),
      ...(index === 6 && { paper: 'out' }),
      ...(index === 7 && { version: 1 }),
      ...(index === 10 && { sound: 'on', missingClips: 12 }),
    };
    await hall.sql`update device set health = ${JSON.stringify(said)}::text::json,
      area = ${index % 2 ? `Lantai ${index}` : 'Zona pelayanan administrasi kependudukan, lantai 2'},
      seen_at = now() - ${index === 8 ? 4_000 : 5} * interval '1 second' where id = ${device.id}`;
  }
  for (const language of ['id', 'az', 'en', 'ru']) {
    const page = await openDevices(language);
    await page.locator('[data-device]').nth(11).waitFor();
    await look(page, `devices-${language}-full`);
    expect(await page.locator('tr.faulty').count()).toBe(5);
    const rows = await page
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => row.className.includes('faulty')));
    expect(rows).toEqual([...Array(5).fill(true), ...Array(7).fill(false)]);
    await page.context().close();
  }
});
