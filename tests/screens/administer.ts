import { createStaff } from '@antrean/server/access/create-staff.ts';
import type { NodeOptions } from '@antrean/server/node.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Browser, Page } from 'playwright-core';
import { type OpenPage, openPage, signInOnPage, sizes } from './browser.ts';
import { expectAccessible, lookWhole } from './look.ts';
import { type ScreensHall, startScreens } from './screens-hall.ts';

/** A hall with an administrator, and what they do on its pages. */
export interface Administration {
  readonly hall: ScreensHall;
  readonly browser: Browser;
  /** Opens a section of the administration page, signed in. */
  readonly open: (section: string, language?: string, size?: { width: number; height: number }) => Promise<OpenPage>;
  readonly revisionOf: () => Promise<number>;
  /** Applies what the preview shows, and waits for it. @returns the revision that holds then */
  readonly apply: (page: Page) => Promise<number>;
}

export const startAdministration = async (
  blueprint: Blueprint,
  options: Partial<NodeOptions> = {},
): Promise<Administration> => {
  const { hall, browser } = await startScreens(blueprint, options);
  const account = { login: 'chief', displayName: 'Siti', role: 'administrator', branchId: null } as const;
  const password = await createStaff(hall.sql, account);
  const revisionOf = async (): Promise<number> =>
    (await hall.sql<{ revision: number }[]>`select revision from branch where id = ${hall.branchId}`)[0]?.revision ?? 0;
  return {
    hall,
    browser,
    revisionOf,
    open: async (section, language = 'en', size = sizes.counter) => {
      const address = `${hall.address}/admin?branch=${hall.branchId}&lang=${language}#/${section}`;
      const opened = await openPage(browser, address, size);
      await signInOnPage(opened.page, account.login, password);
      return opened;
    },
    apply: async (page) => {
      const next = (await revisionOf()) + 1;
      await page.locator('[data-action=apply]').click();
      await page.getByText(`Applied: revision ${next} holds now`).waitFor();
      return next;
    },
  };
};

/** Keeps a picture, and looks for what is cut off and, where asked, for what shuts people out. */
export const look = async (page: Page, name: string, asksAxe = false): Promise<void> => {
  await lookWhole(page, name);
  if (!asksAxe) return;
  // What lies beneath the bar that stays in sight is scrolled there, and no target.
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page, name);
};

export const preview = (page: Page): Promise<void> => page.locator('[data-action=preview]').click();

export const faultOf = (page: Page, name: string) =>
  page.locator('label', { has: page.locator(`[name="${name}"]`) }).locator('.plain-fault');
