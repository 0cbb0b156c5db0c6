import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPage } from './browser.ts';
import { eventually } from './eventually.ts';
import { expectAccessible, lookWhole } from './look.ts';
import { startLongNamedHall } from './long-named-hall.ts';

const { hall, browser, desk, agent, issue, status } = await startLongNamedHall();
const phone = { width: 320, height: 640 };

const leave = async (page: Page): Promise<void> => {
  await page.locator('#leave').click();
  await page.locator('#confirm-leave').click();
  await page.locator('#take-back').waitFor();
};
const secondsOn = async (page: Page): Promise<number> => Number(await page.locator('#seconds').textContent());

test.each(['id', 'az', 'ru', 'en'])(
  '[UNDO-2] who left is offered to stay after all, for as long as is said: %s',
  async (language) => {
    await issue();
    const { link } = await issue();
    for (const viewport of [phone, { width: 390, height: 844 }]) {
      const { page, context, faults } = await openPage(browser, `${link}?language=${language}`, viewport);
      await leave(page);
      expect(await secondsOn(page)).toBeLessThanOrEqual(10);
      await lookWhole(page, `visit-left-${viewport.width}-${language}`);
      await page.locator('#take-back').click();
      await eventually(status(page)).toBe('waiting');
      expect(await page.locator('#ahead').count()).toBe(1);
      expect(faults).toEqual([]);
      await context.close();
    }
  },
);

test('[UNDO-2] the seconds are counted down, and when they are over nothing is offered any more', async () => {
  const { page, faults } = await openPage(browser, `${(await issue()).link}?language=en`, phone);
  await leave(page);
  const first = await secondsOn(page);
  await expectAccessible(page, 'visit-left');
  await eventually(async () => (await secondsOn(page)) < first, 5_000).toBe(true);
  await page.locator('#take-back').waitFor({ state: 'detached', timeout: 15_000 });
  expect(await page.locator('#seconds').count()).toBe(0);
  expect(await status(page)()).toBe('cancelled');
  expect(faults).toEqual([]);
});

test('[UNDO-2] without a script too: in time whoever was called is called again, too late the page says so', async () => {
  const { link } = await issue();
  while ((await agent.post(`/counters/${desk.counterId}/call-next`)).status === 200) {
    if ((await (await fetch(link)).text()).includes('data-status="called"')) break;
    for (const act of ['start', 'finish']) await agent.post(`/counters/${desk.counterId}/${act}`);
  }
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${link}?language=ru&big=1`);
  await leave(page);
  await lookWhole(page, 'visit-left-big-ru');
  const offered = await page.locator('#take-back').boundingBox();
  expect(offered!.y + offered!.height).toBeLessThan(phone.height);
  // Loads anew by itself as soon as that is over.
  const refresh = Number(await page.locator('meta[http-equiv=refresh]').getAttribute('content'));
  expect(refresh).toBe((await secondsOn(page)) + 1);
  await page.locator('#take-back').click();
  expect(await status(page)()).toBe('called');
  expect(await page.locator('#counter b').textContent()).toBe(String(desk.number));
  await leave(page);
  const form = await page.locator('#take-back-form').getAttribute('action');
  await page.waitForTimeout(16_000);
  expect(await page.locator('#take-back').count()).toBe(0);
  const answer = await fetch(`${hall.address}${form}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'commandId=00000000-0000-4000-8000-000000000001',
  });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain('Слишком поздно');
  await page.locator('#number').waitFor();
  expect(await status(page)()).toBe('cancelled');
  await context.close();
});
