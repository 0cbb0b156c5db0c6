import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Browser, Page } from 'playwright-core';
import { type OpenPage, openPage, signInOnPage, sizes } from './browser.ts';
import { type ScreensHall, startScreens } from './screens-hall.ts';

/** A page of an agent at a counter. */
export interface CounterPage {
  readonly page: Page;
  /** Ids of what the counter serves by its agency. */
  readonly services: readonly string[];
  readonly id: string;
}

/** A hall whose agents work at their counters in Chromium. */
export interface Counters {
  readonly hall: ScreensHall;
  readonly browser: Browser;
  /** Every page that was opened. */
  readonly opened: readonly OpenPage[];
  readonly open: (path: string) => Promise<Page>;
  /** Hires an agent and opens a counter, in English. @param number of the counter, which nobody has open */
  readonly openCounter: (login: string, number: number) => Promise<CounterPage>;
  readonly take: (serviceId: string | undefined) => Promise<{ id: string; number: string }>;
}

export const startCounters = async (blueprint: Blueprint): Promise<Counters> => {
  const { hall, browser } = await startScreens(blueprint);
  const opened: OpenPage[] = [];
  const open = async (path: string): Promise<Page> => {
    const page = await openPage(browser, `${hall.address}${path}`, sizes.counter);
    opened.push(page);
    return page.page;
  };
  return {
    hall,
    browser,
    opened,
    open,
    openCounter: async (login, number) => {
      const counter = blueprint.counters.find((each) => each.number === number);
      if (!counter) throw new Error(`no counter ${number}`);
      const page = await open('/counter?lang=en');
      await signInOnPage(page, login, await hall.hire(login, login));
      await page.locator(`[data-counter="${number}"]`).click();
      await page.locator('[data-action=main]').waitFor();
      const services = blueprint.services.filter(({ agency }) => counter.serves.agencies?.includes(agency));
      return { page, services: services.map(({ id }) => id), id: counter.id };
    },
    take: async (serviceId) =>
      (await hall.visitor.post('/tickets', { serviceId })).body.ticket as { id: string; number: string },
  };
};

/** Presses a key when the screen has come to rest: nothing on its way, and the act can be asked for. */
export const press = async (page: Page, key: string, action = ''): Promise<void> => {
  if (action) await page.locator(`[data-action=${action}]:enabled`).waitFor();
  await page.locator('[aria-busy=false]').waitFor();
  await page.keyboard.press(key);
};

export const shows = (page: Page, status: string) => page.locator(`main[data-status=${status}]`).waitFor();
export const current = (page: Page) => page.getByTestId('current-number').textContent();
export const aside = (page: Page, { number }: { number: string }) => page.locator(`[data-aside="${number}"]`);
