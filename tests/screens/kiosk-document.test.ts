import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { lookAtKiosk } from './each-language.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
const longest = [...shipped.services].sort((a, b) => (b.name.az ?? '').length - (a.name.az ?? '').length)[0]!;
const services = shipped.services.map((each) => (each.id === longest.id ? { ...each, onePerHolder: true } : each));
const { hall, browser } = await startScreens({ ...shipped, services, languages: ['az', 'ru', 'en', 'id'] });

const toDocument = async (page: Page): Promise<void> => {
  for (const id of [longest.agency, longest.id]) {
    const tile = page.locator(`[data-tile="${id}"]`);
    await page.locator('[data-tile]').first().waitFor();
    while ((await tile.count()) === 0) await page.locator('.more').click();
    await tile.click();
  }
  await page.getByTestId('take').click();
  await page.getByTestId('keys').waitFor();
};
const typed = (page: Page) => page.getByTestId('typed').textContent();
const touchKeys = async (page: Page, signs: string): Promise<void> => {
  for (const sign of signs) await page.locator('.key', { hasText: new RegExp(`^${sign}$`) }).click();
};

test('[ISSUE-5] a kiosk asks for the number of a document, gives one ticket for it and says so the second time', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/kiosk?lang=en`, sizes.kiosk);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await toDocument(page);
  expect(await page.getByTestId('take').isDisabled()).toBe(true);
  await touchKeys(page, 'AA1234567');
  await page.locator('[data-action=erase]').click();
  expect(await typed(page)).toBe('AA123456');
  await page.getByTestId('take').click();
  expect(await page.getByTestId('ticket-number').textContent()).toMatch(new RegExp(`^${longest.prefix}\\d{3}$`));
  await page.locator('.done').click();

  // The next visitor finds nothing of it, and types with a keyboard in small letters.
  await toDocument(page);
  expect(await typed(page)).toBe('');
  await page.keyboard.type('aa123456');
  expect(await typed(page)).toBe('AA123456');
  await page.getByTestId('take').click();
  const refused = page.getByRole('alert');
  await refused.waitFor();
  expect(await refused.textContent()).toMatch(/You already have a ticket for this service today/);
  await lookAtKiosk(page, 'kiosk-document-refused', ['id', 'az', 'ru', 'en']);
  await page.getByRole('button', { name: 'I understand' }).click();

  // Neither on the screen nor in an address, in what the browser keeps, or in the ledger.
  await toDocument(page);
  await page.keyboard.type('AA123456');
  await page.locator('.controls .control').first().click();
  // On the way there and back the class that was chosen is kept, and the number is not.
  await page.locator('.choice').first().click();
  await page.getByTestId('take').click();
  expect(await typed(page)).toBe('');
  await page.locator('.controls .control').first().click();
  expect(await page.locator('.choice').first().getAttribute('aria-pressed')).toBe('true');
  await page.getByTestId('take').click();
  expect(await page.content()).not.toContain('AA123456');
  expect(asked.filter((url) => url.includes('AA123456'))).toEqual([]);
  const kept = await page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage, document.cookie, history.state]),
  );
  expect(kept).not.toContain('AA123456');
  const rows = await hall.sql<{ data: unknown }[]>`select data from ticket_event`;
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('AA123456');
  expect(faults).toEqual([]);
  await context.close();
}, 120_000);

test('the page for the number has room in every language, upright and lying', async () => {
  for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskWide })) {
    for (const language of ['id', 'en', 'az', 'ru']) {
      const { page, context } = await openPage(browser, `${hall.address}/kiosk?lang=${language}`, size);
      await toDocument(page);
      await page.keyboard.type('AA1234567');
      await look(page, `kiosk-document-${language}-${shape}`);
      await context.close();
    }
  }
}, 240_000);
