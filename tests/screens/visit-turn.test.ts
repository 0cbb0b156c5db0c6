import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage } from './browser.ts';
import { eventually } from './eventually.ts';
import { lookAtPhone } from './each-language.ts';
import { look, lookWhole } from './look.ts';
import { startLongNamedHall } from './long-named-hall.ts';

const { browser, desk, agent, issue, status } = await startLongNamedHall();
const phone = { width: 320, height: 640 };
const act = (name: string) => agent.post(`/counters/${desk.counterId}/${name}`);

/** How much of the window has the colour of a call, in hundredths of its height at the left edge. */
const called = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const isOfCall = (y: number): boolean => {
      for (let at = document.elementFromPoint(1, y); at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (colour !== 'rgba(0, 0, 0, 0)') return colour === 'rgb(255, 210, 74)';
      }
      return false;
    };
    return Array.from({ length: 100 }, (_, part) => isOfCall((innerHeight * (part + 0.5)) / 100)).filter(Boolean)
      .length;
  });

test.each(['id', 'az', 'ru', 'en'])(
  '[TURN-1] the turn takes the whole screen, in normal and large text: %s',
  async (language) => {
    const { link } = await issue();
    await act('call-next');
    for (const size of ['', '&big=1']) {
      const { page, context, faults } = await openPage(browser, `${link}?language=${language}${size}`, phone);
      expect(await status(page)()).toBe('called');
      expect(await called(page)).toBe(100);
      const number = page.locator('#counter b');
      expect(await number.textContent()).toBe(String(desk.number));
      expect((await number.boundingBox())?.height).toBeGreaterThan(150);
      await look(page, `visit-turn${size && '-big'}-${language}`);
      expect(faults).toEqual([]);
      await context.close();
    }
    await act('start');
    await act('finish');
  },
);

test('[TURN-1] without a script too, until the visitor is served', async () => {
  const { link } = await issue();
  await act('call-next');
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  expect(await called(page)).toBe(100);
  expect(await page.locator('#aloud').isVisible()).toBe(false);
  await act('start');
  await page.goto(link);
  expect(await status(page)()).toBe('serving');
  expect(await called(page)).toBe(0);
  await act('finish');
  await context.close();
});

test('[TURN-2] that the turn will be heard is said in every language', async () => {
  const { page, context, faults } = await openPage(browser, 'about:blank', phone);
  await lookAtPhone(page, (await issue()).link, 'visit-aloud', async () => {
    await page.locator('#aloud').click();
    await page.locator('.is-aloud').waitFor();
    await page.locator('#aloud').scrollIntoViewIfNeeded();
  });
  expect(faults).toEqual([]);
  await context.close();
  for (const name of ['call-next', 'start', 'finish']) await act(name);
});

test('[TURN-2] who asked for it is told by sound and shaking, until touched, and anew when the call is repeated', async () => {
  const { page, faults } = await openPage(browser, (await issue()).link, phone);
  await page.evaluate(() => {
    const counts = { struck: 0, shaken: 0 };
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...when) {
      counts.struck++;
      start.apply(this, when);
    };
    const shake = navigator.vibrate.bind(navigator) as (pattern: VibratePattern) => boolean;
    Object.assign(navigator, {
      vibrate: (pattern: VibratePattern) => {
        counts.shaken++;
        return shake(pattern);
      },
    });
    Object.assign(window, { counts });
  });
  const counts = () => page.evaluate(() => (window as unknown as { counts: Record<string, number> }).counts);
  await page.locator('#aloud').click();
  await page.locator('.is-aloud').waitFor();
  const before = await counts();
  expect(before.shaken).toBe(1);
  await act('call-next');
  await eventually(status(page), 30_000).toBe('called');
  await eventually(async () => (await counts()).shaken! > 2, 20_000).toBe(true);
  expect((await counts()).struck).toBeGreaterThan(before.struck!);
  await page.locator('#number').click();
  const hushed = await counts();
  await page.waitForTimeout(4_500);
  expect(await counts()).toEqual(hushed);
  await act('recall');
  await eventually(async () => (await counts()).shaken! > hushed.shaken!, 30_000).toBe(true);
  await act('start');
  await act('finish');
  expect(faults).toEqual([]);
});

test('[LINK-1] large text stays chosen from page to page, without a script', async () => {
  const { link } = await issue();
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  const letters = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const usual = await letters();
  await page.locator('#big').click();
  expect(await letters()).toBeGreaterThan(usual * 1.3);
  await lookWhole(page, 'visit-big-id');
  await page.locator('#in-ru').click();
  await page.locator('#leave').click();
  await lookWhole(page, 'visit-leave-big-ru');
  await page.locator('#confirm-leave').click();
  expect(await status(page)()).toBe('cancelled');
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');
  expect(await letters()).toBeGreaterThan(usual * 1.3);
  await page.locator('#big').click();
  expect(await letters()).toBe(usual);
  await context.close();
});
