import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { readQr } from '../harness/read-qr.ts';
import { openPage, sizes } from './browser.ts';
import { startProxy } from './cuttable-proxy.ts';
import { lookAtPhone } from './each-language.ts';
import { fillHall } from './fill-hall.ts';
import { expectAccessible, lookWhole } from './look.ts';
import { keepPicture } from './pictures.ts';
import { shippedBlueprint, startScreens } from './screens-hall.ts';

const shipped = shippedBlueprint('mpp-banyuwangi');
const blueprint = {
  ...shipped,
  languages: ['id', 'en', 'az', 'ru'],
  // One that gives no more today, and one that asks for a document: both say why they cannot be chosen.
  services: shipped.services.map((service) =>
    service.id === 'DUK-02'
      ? { ...service, quota: 1 }
      : service.id === 'DUK-03'
        ? { ...service, onePerHolder: true }
        : service,
  ),
  rules: { ...shipped.rules, remoteJoining: true, issuesOnlyInHours: false },
};
const { hall, browser } = await startScreens(blueprint);
const proxy = await startProxy(hall.address);
afterAll(() => proxy.close());
await fillHall(hall, blueprint);
await hall.visitor.post('/tickets', { serviceId: 'DUK-02' });
const { cookie } = await letIn(hall.address, hall.branchId, hall.manager.headers, { kind: 'display' });

const tall = { width: 1080, height: 1920 };
const phone = { width: 320, height: 640 };
const wide = { width: 390, height: 844 };

/** A lobby TV that was let in. */
const openTv = async (language: string, size: { width: number; height: number }, address = hall.address) => {
  const opened = await openPage(browser, 'about:blank', size);
  const [name = '', value = ''] = cookie.split('=');
  await opened.context.addCookies([{ name, value, url: address, httpOnly: true }]);
  await opened.page.goto(`${address}/tv?lang=${language}`);
  await opened.page.locator('main[data-filled=true]').waitFor();
  await opened.page.locator('[data-call]').first().waitFor();
  return opened;
};
const boxOf = (page: Page, id: string) => page.getByTestId(id).boundingBox();

const tvs = [
  ['id', sizes.tv],
  ['ru', sizes.tv],
  ['az', sizes.tv],
  ['en', sizes.tv],
  ['id', tall],
  ['ru', tall],
] as const;

test.each(tvs)(
  '[JOIN-6] the TV shows the code of the minute beside the calls: %s %o',
  { timeout: 120_000 },
  async (language, size) => {
    const { page, context, faults } = await openTv(language, size);
    const shown = page.getByTestId('joining');
    await shown.waitFor();
    const name = `tv-joining-${language}-${size.width}`;
    await lookWhole(page, name);
    await expectAccessible(page, name);
    // Once in a while the minute ends between the two looks.
    const pair = async () => {
      const code = await shown.getAttribute('data-code');
      const isRead = (await readQr(shown.locator('svg'))) === `${hall.address}/join/${hall.branchId}?code=${code}`;
      return isRead && code !== null;
    };
    await expect.poll(pair, { timeout: 20_000 }).toBe(true);
    // The calls have the room they have without it. The whole picture moves a little each minute, so both are looked at anew.
    const open = await openPage(browser, `${hall.address}/tv?lang=${language}`, size);
    await open.page.locator('[data-call]').first().waitFor();
    for (const id of ['current-call', 'recent-calls']) {
      const pairOfBoxes = async () => [await boxOf(page, id), await boxOf(open.page, id)];
      await expect
        .poll(async () => new Set((await pairOfBoxes()).map((box) => JSON.stringify(box))).size, { timeout: 10_000 })
        .toBe(1);
    }
    const isBelow = async () => {
      const [calls, codeBox] = [await boxOf(page, 'current-call'), await boxOf(page, 'joining')];
      return codeBox!.y >= calls!.y + calls!.height;
    };
    await expect.poll(isBelow, { timeout: 10_000 }).toBe(true);
    // Where screens are open a TV that was not let in proves nothing.
    expect(await open.page.getByTestId('joining').count()).toBe(0);
    expect(faults).toEqual([]);
    for (const each of [context, open.context]) await each.close();
  },
);

test(
  '[JOIN-6] the code renews itself, is hidden while the link is lost, and comes back',
  { timeout: 240_000 },
  async () => {
    const { page, context } = await openTv('id', sizes.tv, proxy.address);
    const shown = page.getByTestId('joining');
    await shown.waitFor();
    const first = await shown.getAttribute('data-code');
    await expect.poll(() => shown.getAttribute('data-code'), { timeout: 75_000, interval: 500 }).not.toBe(first);
    proxy.cut();
    await shown.waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByTestId('reconnecting').waitFor({ timeout: 60_000 });
    await keepPicture(page, 'tv-joining-lost');
    proxy.heal();
    await shown.waitFor({ timeout: 60_000 });
    await context.close();
  },
);

/** The address that the TV's picture says, as a visitor's camera reads it. */
const scanned = async (): Promise<string> => {
  const { page, context } = await openTv('id', sizes.tv);
  const address = await readQr(page.getByTestId('joining').locator('svg'));
  await context.close();
  return address;
};
const openPhone = async (
  language: string,
  viewport: { width: number; height: number },
  javaScriptEnabled = true,
): Promise<{ page: Page; context: BrowserContext }> => {
  const context = await browser.newContext({ viewport, locale: language, javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { page, context };
};

test('[JOIN-3] [JOIN-4] a visitor scans, chooses and has one ticket, without a script and however often they touch', async () => {
  const { page, context } = await openPhone('en', phone, false);
  await page.goto(await scanned());
  expect(page.url()).toBe(`${hall.address}/join/${hall.branchId}?language=en`);
  await page.locator('[data-choice="DUK"] a').click();
  await page.locator('[data-choice="DUK-01"] a').click();
  await page.locator('#back').click();
  await page.locator('[data-choice="DUK-01"] a').click();
  await page.locator('input[name=priority]').nth(1).check();
  const before = await hall.sql`select count(*)::int as count from ticket`;
  await page.locator('#take').dblclick();
  await page.locator('#number').waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/v\/[A-Za-z0-9_-]{22}$/);
  const number = await page.locator('#number').textContent();
  await page.reload();
  await page.goBack();
  await page.goForward();
  const after = await hall.sql`select count(*)::int as count from ticket`;
  expect(after[0]!.count).toBe(before[0]!.count + 1);
  // Whoever scans once more is led to what they have.
  await page.goto(await scanned());
  expect(await page.locator('h1').textContent()).toContain(number);
  await page.locator('#own-ticket').click();
  expect(await page.locator('#number').textContent()).toBe(number);
  await context.close();
});

test.each(['id', 'en', 'az', 'ru'])(
  '[JOIN-4] each page has room on a phone, and keeps nobody out: %s',
  { timeout: 180_000 },
  async (language) => {
    for (const size of [phone, wide]) {
      const { page, context } = await openPhone(language, size);
      const faults: string[] = [];
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      const show = async (state: string): Promise<void> => {
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        await lookWhole(page, `join-${state}-${language}-${size.width}`);
        if (size === phone) await expectAccessible(page, `join-${state}-${language}`);
      };
      await page.goto(`${hall.address}/join/${hall.branchId}?code=of-yesterday`);
      await show('scan-again');
      await page.goto(await scanned());
      await show('agencies');
      await page.locator('.journey').first().click();
      await show('journey');
      await page.locator('#back').click();
      await page.locator('[data-choice="DUK"] a').click();
      await show('services');
      await page.locator('[data-choice="DUK-01"] a').click();
      await show('service');
      await page.locator('#take').scrollIntoViewIfNeeded();
      await keepPicture(page, `join-take-${language}-${size.width}`);
      await page.goto(`${hall.address}/join/${hall.branchId}?service=DUK-02&language=${language}`);
      await show('full');
      // The narrow one tells.
      if (size === phone) {
        await page.goto(`${hall.address}/join/${hall.branchId}?service=DUK-03&language=${language}`);
        await show('holder-needed');
        await page.goto(`${hall.address}/join/nowhere?language=${language}`);
        await show('no-hall');
        await page.goto(`${hall.address}/join/${hall.branchId}?service=DUK-01&language=${language}`);
        // Refused when it was sent: the hall has no such class of priority.
        await page
          .locator('input[name=priority]')
          .nth(1)
          .evaluate((each: HTMLInputElement) => (each.value = 'gone'));
        await page.locator('input[name=priority]').nth(1).check();
        await page.locator('#take').click();
        await page.getByRole('alert').waitFor();
        await show('refused');
      }
      await page.goto(`${hall.address}/join/${hall.branchId}?service=DUK-01&language=${language}`);
      await page.locator('#take').click();
      await page.locator('#number').waitFor();
      await page.goto(`${hall.address}/join/${hall.branchId}?language=${language}`);
      await show('own-ticket');
      // Some pages were refusals, which browsers report by their status.
      expect(faults.filter((text) => !/\b4\d\d\b/.test(text))).toEqual([]);
      await context.close();
    }
  },
);

test('[JOIN-4] a hall that has closed says so to phones that were let in, in every language', async () => {
  const { page, context } = await openPhone('en', phone);
  await page.goto(await scanned());
  await hall.manager.post('/day/close');
  await lookAtPhone(page, `${hall.address}/join/${hall.branchId}`, 'join-closed', async () =>
    expect(await page.locator('.choice').count()).toBe(0),
  );
  await context.close();
}, 60_000);
