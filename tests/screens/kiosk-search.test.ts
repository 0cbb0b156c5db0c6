import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
const services = shipped.services.map((service) => {
  const name: Record<string, string> = { ...service.name, ru: `Услуга «${service.name.az}»`.slice(0, 160) };
  return { ...service, name };
});
const blueprint = { ...shipped, services, languages: ['az', 'ru', 'en', 'id'] };
const { hall, browser } = await startScreens(blueprint);

const touchKeys = async (page: Page, letters: string): Promise<void> => {
  for (const letter of letters) {
    await page.locator('.key', { hasText: letter === ' ' ? /^Boşluq$/ : new RegExp(`^${letter}$`) }).click();
  }
};
const typed = (page: Page) => page.getByTestId('typed').textContent();
const found = (page: Page) =>
  page.locator('[data-tile]').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-tile')));

test('a visitor finds a service by a few letters of its name and its office, and takes a number for it', async () => {
  const { page, context, faults } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  await page.locator('[data-action=search]').click();
  expect(await page.locator('[data-tile]').count()).toBe(0);
  const wanted = blueprint.services.find(({ name }) => /vəsiqə/.test(name.az ?? ''))!;
  await touchKeys(page, 'VƏSİQƏ');
  expect(await typed(page)).toBe('VƏSİQƏ');
  expect(await found(page)).toContain(wanted.id);

  // By a keyboard as well, and without the letters that it does not have.
  for (let count = 0; count < 6; count++) await page.keyboard.press('Backspace');
  expect(await typed(page)).toBe('');
  await page.keyboard.type('vesiqe');
  expect(await found(page)).toContain(wanted.id);
  await touchKeys(page, ' QQQ');
  expect(await found(page)).toEqual([]);
  expect(await page.locator('.found').textContent()).toMatch(/tapılmadı/);
  for (let count = 0; count < 4; count++) await page.locator('[data-action=erase]').click();

  while ((await page.locator(`[data-tile="${wanted.id}"]`).count()) === 0) await page.locator('.more').click();
  await page.locator(`[data-tile="${wanted.id}"]`).click();
  await page.getByTestId('take').click();
  expect(await page.getByTestId('ticket-number').textContent()).toMatch(new RegExp(`^${wanted.prefix}\\d{3}$`));
  await page.getByRole('button', { name: 'Hazırdır' }).click();

  // Nothing is left of what was typed.
  await page.locator('[data-action=search]').click();
  expect(await typed(page)).toBe('');
  expect(faults).toEqual([]);
  await context.close();
}, 120_000);

test('the search has room in every language, upright and lying, with nothing, much and little found', async () => {
  for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskWide })) {
    for (const [language, letters] of [
      ['id', 'CER'],
      ['en', 'CERT'],
      ['az', 'SEXS'],
      ['ru', 'УСЛ'],
    ] as const) {
      const { page, context } = await openPage(browser, `${hall.address}/kiosk?lang=${language}`, size);
      await page.locator('[data-action=search]').click();
      await page.getByTestId('keys').waitFor();
      // Nothing is named in Indonesian here: the letters are those of the names that are shown.
      const own = { id: 'Ə', en: 'W', az: 'Ə', ru: 'Ж' }[language];
      expect(await page.locator('.key', { hasText: new RegExp(`^${own}$`) }).count(), language).toBe(1);
      if (language === 'az') await look(page, `kiosk-search-empty-${language}-${shape}`);
      await touchKeys(page, letters);
      await page.locator('[data-tile]').first().waitFor();
      await look(page, `kiosk-search-${language}-${shape}`);
      await context.close();
    }
  }
}, 240_000);
