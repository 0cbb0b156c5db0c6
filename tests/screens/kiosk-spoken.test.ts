import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = { ...shippedBlueprint('asan'), languages: ['az', 'ru', 'en', 'id'] };
const { hall, browser } = await startScreens(blueprint);

/** A recording that was played: for how long, and on what clock, s. */
interface Played {
  readonly at: number;
  readonly seconds: number;
  readonly peak: number;
}

/** A kiosk that keeps what it plays. */
const openKiosk = async (language: string, size: { width: number; height: number } = sizes.kiosk) => {
  const kiosk = await openPage(browser, 'about:blank', size);
  await kiosk.context.addInitScript(() => {
    const kept: Played[] = [];
    Object.assign(globalThis, { kept });
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, seconds = 0) {
      const samples = this.buffer?.getChannelData(0) ?? new Float32Array();
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      kept.push({ at: when, seconds, peak });
      start.call(this, when, offset, seconds);
    };
  });
  await kiosk.page.goto(`${hall.address}/kiosk?lang=${language}`);
  await kiosk.page.locator('[data-tile]').first().waitFor();
  return kiosk;
};
const playedOn = (page: Page): Promise<Played[]> =>
  page.evaluate(() => (globalThis as unknown as { kept: Played[] }).kept);
const spoken = (page: Page) => page.getByTestId('spoken');
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

test('[SPOKEN-1] [SPOKEN-2] [SPOKEN-3] whoever sees nothing comes to a number by keys alone and hears each page, each choice and the number', async () => {
  const { page, context, faults } = await openKiosk('az');
  const [tile] = await page.locator('[data-tile] .label').allTextContents();
  await page.keyboard.press(' ');
  await eventually(() => spoken(page).textContent(), 20_000).toContain(tile);
  expect(await spoken(page).textContent()).toContain('Səsli rejim açıqdır.');
  expect(
    await page
      .locator('[data-tile]')
      .first()
      .evaluate((one) => one === document.activeElement),
  ).toBe(true);
  // The keys, the heading, how many choices there are, the name and what stands on it.
  await eventually(async () => (await playedOn(page)).length, 20_000).toBeGreaterThan(6);
  const first = (await playedOn(page)).sort((a, b) => a.at - b.at);
  for (const [index, { at, seconds, peak }] of first.entries()) {
    expect(peak).toBeGreaterThan(0.1);
    const next = first[index + 1];
    if (next) expect(next.at).toBeGreaterThanOrEqual(at + seconds - 0.001);
  }

  // To the first agency, past the journeys, one control after another.
  await eventually(async () => {
    await page.keyboard.press('ArrowDown');
    return page.evaluate(() => document.activeElement?.getAttribute('data-tile') ?? '');
  }, 20_000).toMatch(/^[^:]+$/);
  const agency = await page.evaluate(() => document.activeElement?.querySelector('.label')?.textContent ?? '');
  await eventually(() => spoken(page).textContent()).toContain(agency);
  await page.keyboard.press('Enter');
  await page.locator('[data-step=services]').waitFor();
  await eventually(() => spoken(page).textContent()).toContain('Sizə hansı xidmət lazımdır?');
  const service = await page.locator('[data-tile] .label').first().textContent();
  await eventually(() => spoken(page).textContent()).toContain(service);
  // Back and here again.
  await page.keyboard.press('/');
  await page.locator('[data-step=agencies]').waitFor();
  await page.locator(`[data-tile="${blueprint.agencies[0]!.id}"]`).waitFor();
  await page.locator(`[data-tile="${blueprint.agencies[0]!.id}"]`).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-step=services] [data-tile]').first().waitFor();
  await eventually(() => page.evaluate(() => document.activeElement?.hasAttribute('data-tile'))).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('[data-step=check]').waitFor();
  await eventually(async () => {
    await page.keyboard.press('ArrowUp');
    return page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
  }, 20_000).toBe('take');
  await page.keyboard.press('Enter');
  const number = (await page.getByTestId('ticket-number').textContent()) ?? '';
  await eventually(() => spoken(page).textContent(), 20_000).toContain(number);
  const before = (await playedOn(page)).length;
  await page.keyboard.press('*');
  await eventually(async () => (await playedOn(page)).length, 20_000).toBeGreaterThan(before + 6);
  expect(await focusedText(page)).toBe('Hazırdır');
  await page.keyboard.press('Enter');
  await page.locator('[data-step=agencies]').waitFor();
  // The next visitor is spoken to no more.
  expect(await spoken(page).count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
}, 180_000);

test('[SPOKEN-2] what nobody recorded is not passed over in silence: staff can be called', async () => {
  const { page, context } = await openKiosk('ru');
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  const list = (await page.evaluate(async () => (await fetch('/display/voices/kiosk-ru/pack.json')).json())) as {
    clips: Record<string, { file: string }>;
  };
  await page.keyboard.press('*');
  const unsaid = list.clips['Записи этого текста нет. Выберите «Помощь», чтобы позвать сотрудника.']!;
  // The names of this hall are in Azerbaijani.
  await eventually(() => asked.some((address) => address.endsWith(unsaid.file)), 20_000).toBe(true);
  await context.close();
}, 60_000);

test('[SPOKEN-3] louder and softer are said and heard; typed signs are said; help is called by keys', async () => {
  const { page, context } = await openKiosk('en');
  await page.locator('[data-ease-of=spoken]').click();
  await eventually(() => spoken(page).textContent(), 20_000).toContain('Spoken mode is on.');
  // The button that was touched does not talk over the page.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await spoken(page).textContent()).toContain('Spoken mode is on.');
  await page.keyboard.press('+');
  await eventually(() => spoken(page).textContent()).toBe('Volume 80');
  for (let count = 0; count < 12; count++) await page.keyboard.press('-');
  await eventually(() => spoken(page).textContent()).toBe('Volume 10');
  await page.locator('[data-action=search]').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('keys').waitFor();
  await eventually(() => spoken(page).textContent()).toContain('Type a few letters');
  await page.keyboard.type('b');
  await eventually(() => spoken(page).textContent()).toMatch(/^b\. \d+ services found/);
  await page.locator('[data-action=help]').focus();
  await page.keyboard.press('Enter');
  await eventually(() => spoken(page).textContent()).toContain('Do you need help?');
  expect(await focusedText(page)).toBe('Call staff');
  await page.keyboard.press('Enter');
  await eventually(() => spoken(page).textContent(), 20_000).toContain('Staff have been called');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await context.close();
}, 90_000);

test('the button for it has room beside the others in every language, upright, lying and large', async () => {
  for (const [shape, size, eases] of [
    ['upright', sizes.kiosk, ['spoken']],
    ['lying', sizes.kioskWide, ['spoken']],
    ['large', sizes.kiosk, ['spoken', 'large']],
    ['large-lying', sizes.kioskWide, ['spoken', 'large']],
  ] as const) {
    const { page, context } = await openKiosk('az', size);
    for (const ease of eases) await page.locator(`[data-ease-of=${ease}]`).click();
    for (const [at, language] of blueprint.languages.entries()) {
      await page.locator('.language').nth(at).click();
      await page.locator(`html[lang=${language}]`).waitFor();
      await look(page, `kiosk-spoken-${language}-${shape}`);
    }
    await context.close();
  }
}, 180_000);
