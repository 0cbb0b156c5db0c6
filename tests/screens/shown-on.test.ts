import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type OpenPage, openPage, sizes } from './browser.ts';
import { press, shows, startCounters } from './counters.ts';
import { eventually } from './eventually.ts';
import { look } from './look.ts';
import { shippedBlueprint } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const elsewhere = shipped.counters.find(({ number }) => number === 3)!.id;
const { hall, browser, opened, openCounter, take } = await startCounters({
  ...shipped,
  languages: ['id', 'en', 'az', 'ru'],
  screens: [{ id: 'elsewhere', name: { id: 'Loket 3' }, layout: 'sign', zone: { counters: [elsewhere] } }],
});

const tvs: OpenPage[] = [];
const openTv = async (query = ''): Promise<Page> => {
  const tv = await openPage(browser, `${hall.address}/tv?${query}`, sizes.tv);
  tvs.push(tv);
  await tv.page.locator('[data-filled=true]').waitFor();
  return tv.page;
};
const shownOn = (page: Page) => page.getByTestId('shown-on');
const stand = (page: Page) => eventually(() => shownOn(page).getAttribute('data-stand'), 20_000);
const says = (page: Page) => eventually(async () => (await shownOn(page).textContent())?.trim(), 20_000);

/** Looks at the desk as it stands, in every language, at its own size and beside the office program. */
const lookAt = async (page: Page, state: string): Promise<void> => {
  for (const language of ['id', 'az', 'ru', 'en']) {
    await page.goto(`${hall.address}/counter?lang=${language}`);
    await page.locator(`html[lang=${language}]`).waitFor();
    await shownOn(page).locator('svg').waitFor();
    for (const [size, viewport] of Object.entries({ wide: sizes.counter, beside: sizes.beside })) {
      await page.setViewportSize(viewport);
      await look(page, `counter-shown-${state}-${language}-${size}`);
    }
    await page.setViewportSize(sizes.counter);
  }
};

test('[SHOW-9] the desk says on how many TVs a call is to be seen, and warns of one that does not show it', async () => {
  const { page, services } = await openCounter('sari', 17);
  for (let count = 0; count < 4; count++) await take(services[0]);

  // No TV is there.
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  await stand(page).toBe('none');
  await says(page).toBe('No lobby TV shows this call: say the number aloud');
  await lookAt(page, 'none');

  // One that comes shows what was called before it came; that of another counter is none of this one's.
  const [first, other] = [await openTv(), await openTv('screen=elsewhere')];
  await says(page).toContain('Shown on 1 of 1 screen');
  const second = await openTv();
  await stand(page).toBe('all');
  await says(page).toContain('Shown on 2 of 2 screens');

  // A page that paints nothing any more - it hangs, or lies behind others - does not say that it shows the next call.
  await second.evaluate(() => (window.requestAnimationFrame = () => 0));
  await press(page, 'r', 'recall');
  await stand(page).toBe('missing');
  await says(page).toBe('Only on 1 of 2 screens: say the number aloud');
  await lookAt(page, 'missing');

  // It is closed: then nothing is missing.
  await second.close();
  await stand(page).toBe('all');
  await says(page).toContain('Shown on 1 of 1 screen');
  await lookAt(page, 'all');

  // Once the visitor has come it is nobody's business any more.
  await press(page, 's', 'start');
  await shows(page, 'serving');
  expect(await shownOn(page).count()).toBe(0);
  await first.close();
  await other.close();
  expect([...opened, ...tvs].flatMap(({ faults }) => faults)).toEqual([]);
}, 240_000);

test('[SHOW-9] a call that a TV begins to announce is said to be announced', async () => {
  const tv = await openTv();
  // A browser that was touched lets itself be heard.
  await tv.mouse.click(600, 400);
  await tv.getByTestId('sound-blocked').waitFor({ state: 'detached' });
  const { page, services } = await openCounter('nurul', 18);
  await take(services[0]);
  await press(page, 'F2', 'main');
  await shows(page, 'called');
  await says(page).toBe('Shown on 1 of 1 screen, announced');
  expect([...opened, ...tvs].flatMap(({ faults }) => faults)).toEqual([]);
}, 120_000);
