import { expect, test } from 'vitest';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { fillHall } from './fill-hall.ts';
import { look } from './look.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens(blueprint);

const open = async (path: string, size: { width: number; height: number } = sizes.counter) => {
  const opened = await openPage(browser, `${hall.address}${path}`, size);
  await signInOnPage(opened.page, 'manager', hall.managerPassword);
  return opened;
};

test('[PAST-1] the last moment of today is what the manager’s page shows now, with the longest names', async () => {
  await fillHall(hall, blueprint);
  const { page: live } = await open('/manager?lang=en');
  const stats = ['waiting', 'open', 'issued', 'done'];
  await live.locator('[data-stat=done]').waitFor();
  const textOf = (page: typeof live, stat: string) => page.locator(`[data-stat=${stat}]`).textContent();
  for (const language of ['id', 'az', 'ru', 'en']) {
    for (const [size, name] of [
      [sizes.counter, 'wide'],
      [sizes.beside, 'beside'],
    ] as const) {
      const { page, faults, context } = await open(`/past?lang=${language}`, size);
      await page.locator('main[aria-busy=false][data-at]').waitFor();
      expect(await page.getByTestId('set-up-changed').count()).toBe(0);
      await look(page, `past-today-${language}-${name}`);
      if (language === 'en') {
        for (const stat of stats) expect(await textOf(page, stat), stat).toBe(await textOf(live, stat));
        const states = (shown: typeof live) =>
          shown.locator('[data-counter]').evaluateAll((all) => all.map((each) => each.getAttribute('data-state')));
        expect(await states(page)).toEqual(await states(live));
        expect(await page.locator('[data-line]').count()).toBe(await live.locator('[data-line]').count());
      }
      expect(faults).toEqual([]);
      await context.close();
    }
  }
});
