import { expect, test } from 'vitest';
import { openPage, sizes } from './browser.ts';
import { fillHall } from './fill-hall.ts';
import { look } from './look.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const languages = ['id', 'en', 'az', 'ru'];
const shipped = shippedBlueprint('mpp-banyuwangi');
const { counterId } = counterServing(shipped, 'DUK');
const { hall, browser } = await startScreens({
  ...shipped,
  languages,
  screens: [{ id: 'above', name: { id: 'Loket' }, layout: 'sign', zone: { counters: [counterId] } }],
});

const shapes = { lying: sizes.tv, upright: { width: 1080, height: 1920 } };

/** Looks at every page of a kind that there is, of each language and shape. */
const lookAtTvs = async (state: string, path: string, ready: string): Promise<void> => {
  for (const language of languages) {
    for (const [shape, size] of Object.entries(shapes)) {
      const { page, context, faults } = await openPage(browser, `${hall.address}${path}lang=${language}`, size);
      await page.locator(`html[lang=${language}]`).waitFor();
      await page.locator(ready).first().waitFor();
      await look(page, `four-tv-${state}-${shape}-${language}`);
      expect(faults).toEqual([]);
      await context.close();
    }
  }
};

test('a closed hall says so in every language, on each screen', async () => {
  await hall.manager.post('/day/open');
  await hall.manager.post('/day/close');
  await lookAtTvs('closed', '/tv?', 'main[data-filled=true]');
  await lookAtTvs('sign-closed', '/tv?screen=above&', '[data-testid=sign]');
  await lookAtTvs('no-screen', '/tv?screen=nowhere&', '[data-testid=no-screen]');
  for (const language of languages) {
    const { page, context, faults } = await openPage(browser, `${hall.address}/kiosk?lang=${language}`, sizes.kiosk);
    await page.locator(`html[lang=${language}]`).waitFor();
    await page.getByRole('alert').waitFor();
    await look(page, `four-kiosk-closed-${language}`);
    expect(faults).toEqual([]);
    await context.close();
  }
}, 180_000);

test('an empty and a full lobby, and the sign above a counter, in every language', async () => {
  await hall.manager.post('/day/open');
  await lookAtTvs('empty', '/tv?', 'main[data-filled=true]');
  await fillHall(hall, shipped);
  await lookAtTvs('full', '/tv?', '[data-testid=recent-calls] [data-call]');
  await lookAtTvs('sign', '/tv?screen=above&', '[data-testid=sign]');
}, 180_000);

test.each(languages)(
  'the way to a ticket: %s',
  async (language) => {
    await hall.manager.post('/day/open');
    for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskLying })) {
      const { page, context, faults } = await openPage(browser, `${hall.address}/kiosk?lang=${language}`, size);
      const show = (state: string) => look(page, `four-kiosk-${state}-${shape}-${language}`);
      await page.locator(`html[lang=${language}]`).waitFor();
      await page.locator('[data-tile]').first().waitFor();
      await show('agencies');
      await page.locator('[data-action=help]').click();
      await page.locator('dialog').waitFor();
      await show('help');
      await page.keyboard.press('Escape');
      await page.locator('[data-action=search]').click();
      await page.getByTestId('keys').waitFor();
      await page.keyboard.type('qqq');
      await show('search-nothing');
      await page.locator('[data-back]').click();
      await page.locator('[data-tile]:not(.journey)').first().click();
      await page.locator('[data-step=services] [data-tile]').first().waitFor();
      await show('services');
      await page.locator('[data-step=services] [data-tile]').first().click();
      await page.getByTestId('take').waitFor();
      await show('check');
      await page.getByTestId('take').click();
      await page.getByTestId('ticket-number').waitFor();
      await show('ticket');
      expect(faults).toEqual([]);
      await context.close();
    }
  },
  180_000,
);
