import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('asan');
const longest = [...shipped.services].sort((a, b) => (b.name.az ?? '').length - (a.name.az ?? '').length)[0]!;
const services = shipped.services.map((each) => (each.id === longest.id ? { ...each, onePerHolder: true } : each));
const { hall, browser } = await startScreens({ ...shipped, services, languages: ['az', 'ru', 'en', 'id'] });

const open = (language: string, size: { width: number; height: number }) =>
  openPage(browser, `${hall.address}/kiosk?lang=${language}`, size);
const choose = async (page: Page, names: readonly string[]): Promise<void> => {
  for (const name of names) await page.locator(`[data-ease-of=${name}]`).click();
};
const turnTo = async (page: Page, id: string): Promise<void> => {
  await page.locator('[data-tile]').first().waitFor();
  while ((await page.locator(`[data-tile="${id}"]`).count()) === 0) await page.locator('.more').click();
};

/** Each page on the way to a ticket; the number of the document is another one each time. */
const onTheWay = async (page: Page, document: string, show: (step: string) => Promise<void>): Promise<void> => {
  await page.locator('[data-tile]').first().waitFor();
  await show('agencies');
  await page.locator('[data-action=search]').click();
  await page.getByTestId('keys').waitFor();
  await page.keyboard.type('sehadetname');
  await page.locator('[data-tile]').first().waitFor();
  await show('search');
  await page.locator('.start').click();
  await turnTo(page, longest.agency);
  await page.locator(`[data-tile="${longest.agency}"]`).click();
  await turnTo(page, longest.id);
  await show('services');
  await page.locator(`[data-tile="${longest.id}"]`).click();
  await page.getByTestId('take').waitFor();
  await show('check');
  await page.getByTestId('take').click();
  await page.getByTestId('keys').waitFor();
  await page.keyboard.type(document);
  await show('document');
  await page.getByTestId('take').click();
  await page.getByTestId('ticket-number').waitFor();
  await show('ticket');
};

/** Controls that begin above the middle of the panel. */
const tooHigh = (page: Page): Promise<string[]> =>
  page
    .locator('button:visible')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => button.getBoundingClientRect().top < innerHeight / 2)
        .map((button) => button.textContent?.trim() ?? ''),
    );

test.each([
  { names: ['large'], shape: 'upright', language: 'az' },
  { names: ['large', 'contrast'], shape: 'lying', language: 'ru' },
  { names: ['contrast', 'low'], shape: 'upright', language: 'id' },
  { names: ['large', 'contrast', 'low'], shape: 'upright', language: 'az' },
])(
  '$names, $shape, holds on every page to the ticket, with room for the longest names',
  async (each) => {
    const { names, shape, language } = each;
    const { page, context, faults } = await open(language, shape === 'upright' ? sizes.kiosk : sizes.kioskWide);
    await choose(page, names);
    await onTheWay(page, `AA${names.join('').length}${shape}`, async (step) => {
      expect((await page.locator('html').getAttribute('data-ease'))?.split(' ')).toEqual(names);
      await look(page, `kiosk-ease-${names.join('-')}-${step}-${language}-${shape}`);
      if (names.includes('low')) expect.soft(await tooHigh(page), step).toEqual([]);
    });
    // The next visitor begins as everybody.
    await page.locator('.done').click();
    expect(await page.locator('html').getAttribute('data-ease')).toBe('');
    expect(await page.locator('[data-ease-of][aria-pressed=true]').count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  },
  120_000,
);

test('text is larger by a sixth at least, and no text is below 7:1 in high contrast', async () => {
  const { page, context } = await open('en', sizes.kiosk);
  const label = page.locator('[data-tile] .label').first();
  const sizeOf = () => label.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  await label.waitFor();
  const usual = await sizeOf();
  await choose(page, ['large', 'contrast']);
  expect((await sizeOf()) / usual).toBeGreaterThan(7 / 6);
  const contrasts = await page.evaluate(() => {
    const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = ([r = 0, g = 0, b = 0]: number[]) => {
      const [x = 0, y = 0, z = 0] = [r, g, b]
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (element: Element | null): number[] => {
      if (!element) return [255, 255, 255];
      const colour = numbers(getComputedStyle(element).backgroundColor);
      return colour[3] === 0 ? behind(element.parentElement) : colour;
    };
    return [...document.querySelectorAll('button, h1, p, span')]
      .filter((element) => element.textContent?.trim() && !element.closest(':disabled'))
      .map((element) => {
        const [low = 0, high = 0] = [light(numbers(getComputedStyle(element).color)), light(behind(element))].sort(
          (a, b) => a - b,
        );
        return (high + 0.05) / (low + 0.05);
      });
  });
  expect(contrasts.length).toBeGreaterThan(20);
  expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(7);
  await context.close();
}, 60_000);

test('a visitor who touches nothing comes to a ticket by arrows, Enter and Space, and sees the focus at each step', async () => {
  const { page, context } = await open('en', sizes.kiosk);
  const focused = () =>
    page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
      const button = document.activeElement!;
      const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 3;
      return { tile: button.getAttribute('data-tile'), name: button.textContent?.trim() ?? '', isSeen };
    });
  await page.locator('[data-tile]').nth(3).waitFor();
  const tiles = await page
    .locator('[data-tile]')
    .evaluateAll((all) => all.map((tile) => tile.getAttribute('data-tile')));
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toMatchObject({ tile: tiles[0], isSeen: true });
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toMatchObject({ tile: tiles[1], isSeen: true });
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toMatchObject({ tile: tiles[3], isSeen: true });
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toMatchObject({ tile: tiles[2], isSeen: true });
  // Past the journeys to an agency.
  await eventually(async () => {
    await page.keyboard.press('ArrowDown');
    return (await focused()).tile;
  }).toMatch(/^[^:]+$/);
  await page.keyboard.press('Enter');
  await page.locator('[data-step=services]').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.locator('[data-step=check]').waitFor();
  // Past the priority classes to the button below.
  await eventually(async () => {
    await page.keyboard.press('ArrowDown');
    return (await focused()).name;
  }, 20_000).toMatch(/^(Back|Take a number)$/);
  if ((await focused()).name === 'Back') await page.keyboard.press('ArrowRight');
  expect(await focused()).toMatchObject({ name: 'Take a number', isSeen: true });
  await page.keyboard.press('Enter');
  await page.getByTestId('ticket-number').waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toMatchObject({ name: 'Done', isSeen: true });
  await page.keyboard.press('Enter');
  await page.locator('[data-step=agencies]').waitFor();
  await context.close();
}, 90_000);
