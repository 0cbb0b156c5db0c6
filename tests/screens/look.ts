import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { overflowing } from './browser.ts';
import { keepPicture } from './pictures.ts';

/** Keeps a picture of a page under its name, and expects that nothing on it is cut off. */
export const lookWhole = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => document.fonts.ready);
  await keepPicture(page, name);
  expect.soft(await overflowing(page), name).toEqual([]);
};

/** Expects that axe finds nothing (WCAG 2.2 AA). */
export const expectAccessible = async (page: Page, name: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect.soft(violations.map(({ id, nodes }) => `${name} ${id} ${nodes[0]?.html}`)).toEqual([]);
};

/** Both. */
export const look = async (page: Page, name: string): Promise<void> => {
  await lookWhole(page, name);
  await expectAccessible(page, name);
};
