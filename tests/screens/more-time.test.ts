import { expect, test } from 'vitest';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { expectAccessible, lookWhole } from './look.ts';
import { startLongNamedHall } from './long-named-hall.ts';
import { shippedBlueprint } from './screens-hall.ts';

const { hall, browser, desk, agent, issue, status } = await startLongNamedHall();
const small = { width: 320, height: 640 };
const usual = { width: 412, height: 915 };

test('the hall that ships lets a visitor have ten minutes more, twice', () => {
  for (const name of ['mpp-banyuwangi', 'asan'] as const) {
    expect(shippedBlueprint(name).rules.moreTime).toEqual({ minutes: 10, times: 2 });
  }
});

test.each(['id', 'az', 'ru', 'en'])(
  '[MORE-1] [MORE-2] who needs more time presses once, sees until when, and is ready again: %s',
  async (language) => {
    await issue();
    const { link } = await issue();
    const address = `${link}?language=${language}`;
    const { page, context, faults } = await openPage(browser, address, small);
    for (const viewport of [small, usual]) {
      await page.setViewportSize(viewport);
      await page.locator('#more-time').scrollIntoViewIfNeeded();
      await lookWhole(page, `visit-more-time-${viewport.width}-${language}`);
      await page.locator('#more-time').click();
      await eventually(status(page)).toBe('held');
      // However long the names are, it is there without looking for it.
      const offered = await page.locator('#ready').boundingBox();
      expect(offered!.y + offered!.height).toBeLessThan(viewport.height);
      expect(await page.locator('#state').textContent()).toMatch(/\d\d[:.]\d\d/);
      await lookWhole(page, `visit-postponed-${viewport.width}-${language}`);
      if (viewport === small) await expectAccessible(page, `visit-postponed-${language}`);
      expect(await page.locator('#more-time').count()).toBe(0);
      await page.locator('#ready').click();
      await eventually(status(page)).toBe('waiting');
    }
    for (const viewport of [small, usual]) {
      await page.setViewportSize(viewport);
      await page.locator('#more-time-used').scrollIntoViewIfNeeded();
      expect(await page.locator('#more-time').count()).toBe(0);
      await lookWhole(page, `visit-more-time-used-${viewport.width}-${language}`);
    }
    await page.setViewportSize(small);
    await page.goto(`${address}&big=1`);
    await page.locator('#more-time-used').scrollIntoViewIfNeeded();
    await lookWhole(page, `visit-more-time-used-big-${language}`);
    expect(faults).toEqual([]);
    await context.close();
  },
);

test('[MORE-1] without a script too; who was called meanwhile is told so, and who is back already is not', async () => {
  const { link } = await issue();
  const context = await browser.newContext({ viewport: small, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${link}?language=en&big=1`);
  await page.locator('#more-time').scrollIntoViewIfNeeded();
  await lookWhole(page, 'visit-more-time-big-en');
  const pressed = await page.locator('form:has(#more-time)').getAttribute('action');
  await page.locator('#more-time').click();
  expect(await status(page)()).toBe('held');
  expect(new URL(page.url()).pathname).toBe(new URL(link).pathname);
  const ready = await page.locator('form:has(#ready)').getAttribute('action');
  await page.locator('#ready').click();
  expect(await status(page)()).toBe('waiting');
  const send = async (path: string | null, last: number) => {
    const answer = await fetch(`${hall.address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `commandId=00000000-0000-4000-8000-00000000000${last}`,
      redirect: 'manual',
    });
    return { status: answer.status, text: await answer.text() };
  };
  expect((await send(ready, 1)).status).toBe(303);
  while ((await agent.post(`/counters/${desk.counterId}/call-next`)).status === 200) {
    if ((await (await fetch(link)).text()).includes('data-status="called"')) break;
    for (const act of ['start', 'finish']) await agent.post(`/counters/${desk.counterId}/${act}`);
  }
  const refused = await send(pressed, 2);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('has been called meanwhile');
  await context.close();
  for (const act of ['start', 'finish']) await agent.post(`/counters/${desk.counterId}/${act}`);
});

test("[MORE-1] the manager's page says who is held by their own wish, and brings them back as any", async () => {
  const { link, number } = await issue();
  const { page: manager, faults } = await openPage(browser, `${hall.address}/manager?lang=en`, sizes.counter);
  await signInOnPage(manager, 'manager', hall.managerPassword);
  const { page } = await openPage(browser, `${link}?language=en`, usual);
  await page.locator('#more-time').click();
  const row = manager.locator(`[data-aside="${number}"]`);
  await row.waitFor();
  expect(await row.textContent()).toContain('Visitor needs more time');
  await row.scrollIntoViewIfNeeded();
  await lookWhole(manager, 'manager-more-time-en');
  await row.locator('[data-act=return]').click();
  await row.waitFor({ state: 'detached' });
  await eventually(status(page), 30_000).toBe('waiting');
  expect(faults).toEqual([]);
});
