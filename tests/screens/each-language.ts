import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { Browser, Page } from 'playwright-core';
import { openPage, type OpenPage } from './browser.ts';
import { look } from './look.ts';

/** The same page in each language, opened beside each other: what happens once is then seen in all. */
export type InEach = readonly (OpenPage & { readonly language: string })[];

/** @param addressIn of the page in a language */
export const openInEach = (
  browser: Browser,
  addressIn: (language: string) => string,
  size: { width: number; height: number },
): Promise<InEach> =>
  Promise.all(
    catalogueLanguages.map(async (language) => ({
      language,
      ...(await openPage(browser, addressIn(language), size)),
    })),
  );

/** Looks at each once `isReady` has resolved for it. */
export const lookInEach = async (
  pages: readonly { readonly page: Page; readonly language: string }[],
  name: string,
  isReady?: (page: Page) => Promise<unknown>,
): Promise<void> => {
  for (const { page, language } of pages) {
    await isReady?.(page);
    await look(page, `${name}-${language}`);
  }
};

export const closeEach = (pages: InEach): Promise<unknown> => Promise.all(pages.map(({ context }) => context.close()));

/** Has a kiosk speak a language that its hall offers. */
export const switchKiosk = async (page: Page, language: string): Promise<void> => {
  const button = page.locator(`.language[lang=${language}]`);
  // Whatever lies over the page leaves the button out of a finger's reach; its own language was chosen before.
  const isCovered = (await page.locator('dialog[open]').count()) > 0;
  await (isCovered ? button.evaluate((each: HTMLElement) => each.click()) : button.click());
  await page.locator(`html[lang=${language}]`).waitFor();
  // Texts for staff come when they are asked for.
  if (isCovered) await page.locator('dialog[open]').waitFor();
};

/** Looks at the page that a kiosk shows in each language of the catalogues, and leaves it in the last of `languages`. */
export const lookAtKiosk = async (
  page: Page,
  name: string,
  languages: readonly string[] = catalogueLanguages,
): Promise<void> => {
  for (const language of languages) {
    await switchKiosk(page, language);
    await look(page, `${name}-${language}`);
  }
};

/** Looks at a visitor's page in each language, as its links lead there. @param address without a language */
export const lookAtPhone = async (
  page: Page,
  address: string,
  name: string,
  then: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> => {
  for (const language of catalogueLanguages) {
    const url = new URL(address);
    url.searchParams.set('language', language);
    await page.goto(url.href);
    await page.locator(`html[lang=${language}]`).waitFor();
    await then(page);
    await look(page, `${name}-${language}`);
  }
};

/** Looks at a page of the staff in each language, at a size of the window, and leaves it in English and at the size it had. */
export const lookAtStaff = async (
  page: Page,
  name: string,
  size: { width: number; height: number },
  { isCovered = false } = {},
): Promise<void> => {
  const before = page.viewportSize();
  await page.setViewportSize(size);
  for (const language of [...catalogueLanguages.filter((each) => each !== 'en'), 'en']) {
    // Whatever lies over the page leaves the list out of reach.
    await page.locator('select.picker').selectOption(language, { force: isCovered });
    await page.locator(`html[lang=${language}]`).waitFor();
    await look(page, `${name}-${language}`);
  }
  if (before) await page.setViewportSize(before);
};
