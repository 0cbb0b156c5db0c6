import axe from 'axe-core';
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

type WithAxe = typeof globalThis & { readonly axe: typeof axe };

/**
 * What axe finds against WCAG 2.2 AA, each with the element it is about. It stays on the page: there it takes no second to read.
 * Frames are looked at one by one: axe would send messages between them, which their pages take for their own.
 */
const findBarriers = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const frame of page.frames()) {
    if (await frame.evaluate(() => !('axe' in globalThis))) await frame.evaluate(axe.source);
    found.push(...(await frame.evaluate(findHere)));
  }
  return found;
};

const findHere = async (): Promise<string[]> => {
  const { violations } = await (globalThis as WithAxe).axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
    iframes: false,
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
};

/** Expects that axe finds nothing (WCAG 2.2 AA). */
export const expectAccessible = async (page: Page, name: string): Promise<void> => {
  expect.soft(await findBarriers(page), name).toEqual([]);
};

/** Both. */
export const look = async (page: Page, name: string): Promise<void> => {
  await lookWhole(page, name);
  await expectAccessible(page, name);
};
