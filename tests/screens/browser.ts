import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** The real Chromium of the machine. @param isHeard whether pages may sound before anybody has touched them */
export const launchBrowser = (isHeard = true): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // As a TV of a hall is started (docs/voices.md); a browser that nobody has touched is silent otherwise.
      ...(isHeard ? ['--autoplay-policy=no-user-gesture-required'] : []),
    ],
  });

/** The sizes people meet these screens at. */
export const sizes = {
  tv: { width: 1920, height: 1080 },
  kiosk: { width: 1080, height: 1920 },
  kioskLying: { width: 1366, height: 768 },
  kioskWide: { width: 1920, height: 1080 },
  counter: { width: 1366, height: 768 },
  beside: { width: 420, height: 900 },
} as const;

/** A page of its own context, so with its own cookies. Whatever it complains of is kept in `faults`. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught errors and what the content security policy blocked. A lost link is no fault of the page. */
  readonly faults: string[];
}

export const openPage = async (
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
): Promise<OpenPage> => {
  const context = await browser.newContext({ viewport, reducedMotion: 'no-preference' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /content security policy/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(url);
  return { page, context, faults };
};

/** Signs in on a staff screen. */
export const signInOnPage = async (page: Page, login: string, password: string): Promise<void> => {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button').click();
};

/** Elements whose text is cut off or reaches out of the window, told by their place and text. */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { innerWidth, innerHeight } = window;
    const isFixed = getComputedStyle(document.body).overflow === 'hidden';
    const found: string[] = [];
    for (const element of document.querySelectorAll('body *')) {
      const text = element.textContent?.trim().slice(0, 60) ?? '';
      if (!(element instanceof HTMLElement) || text === '' || element.closest('select')) continue;
      const box = element.getBoundingClientRect();
      // Nothing at all, or there for screen readers alone.
      if (box.width <= 1) continue;
      const told = `${element.tagName.toLowerCase()}.${element.className.split(' ')[0]} "${text}"`;
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`${told} leaves the window sideways`);
      if (isFixed && (box.bottom > innerHeight + 1 || box.top < -1)) found.push(`${told} leaves the window`);
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
        found.push(`${told} is wider than its place`);
      // Boxes and not `scrollHeight`: glyphs of a line set tighter than the font's own height stick out of it uncut.
      const parent = element.parentElement;
      const place = parent?.getBoundingClientRect();
      // What clips, clips inside of its border.
      const border = parent && getComputedStyle(parent).overflowY !== 'visible' ? parent.clientTop : 0;
      const { display, position } = getComputedStyle(element);
      if (isFixed && place && !display.startsWith('inline') && !/absolute|fixed/.test(position)) {
        if (box.bottom > place.bottom - border + 1 || box.top < place.top + border - 1)
          found.push(`${told} is taller than its place`);
      }
    }
    return found;
  });
