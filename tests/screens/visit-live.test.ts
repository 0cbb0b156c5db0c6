import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { openPage } from './browser.ts';
import { startProxy } from './cuttable-proxy.ts';
import { lookInEach } from './each-language.ts';
import { eventually } from './eventually.ts';
import { counterServing, shippedBlueprint, startScreens } from './screens-hall.ts';

const blueprint = shippedBlueprint('mpp-banyuwangi');
const { hall, browser } = await startScreens(blueprint);
const proxy = await startProxy(hall.address);
afterAll(() => proxy.close());
const phone = { width: 320, height: 640 };
const desk = counterServing(blueprint, 'DUK');
const agent = await hall.staff('ani', desk.counterId);
const act = async (name: string): Promise<void> => {
  expect((await agent.post(`/counters/${desk.counterId}/${name}`)).status, name).toBe(200);
};
const serve = async (): Promise<void> => {
  await act('start');
  await act('finish');
};
const issue = async (): Promise<string> => {
  const { body } = await hall.visitor.post('/tickets', { serviceId: 'DUK-01', language: 'id' });
  return `/v/${String(body.link)}`;
};
const status = (page: Page) => () => page.locator('main').getAttribute('data-status');

interface Phone {
  readonly page: Page;
  readonly faults: readonly string[];
  /** How often it has asked for the page since it was loaded. */
  readonly asked: () => number;
  /** How often it was told something. */
  readonly told: () => number;
  /** Whether somebody looks at it. */
  readonly show: (isShown: boolean) => Promise<unknown>;
}

/** @param prepare what is done before the page is loaded */
const openPhone = async (
  path: string,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
  address = hall.address,
): Promise<Phone> => {
  const { page, faults } = await openPage(browser, 'about:blank', phone);
  let [asked, told] = [-1, 0];
  page.on('request', (request) => (asked += Number(request.url().includes('/v/'))));
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => (told += Number(String(payload).includes('"changed"')))),
  );
  await prepare(page);
  await page.goto(address + path);
  return {
    page,
    faults,
    asked: () => asked,
    told: () => told,
    show: (isShown) =>
      page.evaluate((isHidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, !isShown),
  };
};

/** Connected, and from here on its clock stands still: it asks no more by itself, whatever time goes by. */
const openStopped = async (path: string): Promise<Phone> => {
  const open = await openPhone(path, (page) => page.clock.install());
  await eventually(open.told).toBeGreaterThan(0);
  await open.page.clock.pauseAt((await open.page.evaluate(() => Date.now())) + 1_000);
  await open.page.clock.runFor(1);
  return open;
};
/** To the page it is so much later from now on; its timers go as before. */
const passTime = ({ page }: Phone, ms: number): Promise<void> => page.clock.setFixedTime(Date.now() + ms);

test('[PHONE-1] the call takes over the phone that is told of it, without being loaded anew', async () => {
  const { page, faults, asked } = await openStopped(await issue());
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  const before = asked();
  const pressedAt = performance.now();
  await act('call-next');
  await page.locator('.frame.turn').waitFor();
  console.log(`the page was taken over ${(performance.now() - pressedAt).toFixed(0)} ms after the press`);
  expect(asked()).toBe(before + 1);
  await act('recall');
  await eventually(asked).toBe(before + 2);
  await act('start');
  await eventually(status(page)).toBe('serving');
  await act('finish');
  await eventually(status(page)).toBe('done');
  expect(asked()).toBe(before + 4);
  expect(await page.evaluate(() => 'isSame' in window)).toBe(true);
  expect(faults).toEqual([]);
});

test('[PHONE-1] whoever is asked something is told of the call beside it', async () => {
  const open = await openStopped(`${await issue()}?leave=1`);
  await act('call-next');
  await open.page.locator('#news').waitFor();
  await open.page.locator('#confirm-leave').waitFor();
  await serve();
  expect(open.faults).toEqual([]);
});

test('[PHONE-3] a page that nobody looks at does not ask, and looks when it is shown again', async () => {
  const open = await openPhone(await issue());
  await eventually(open.told).toBeGreaterThan(0);
  await open.show(false);
  const [before, toldBefore] = [open.asked(), open.told()];
  await act('call-next');
  await eventually(open.told).toBeGreaterThan(toldBefore);
  await passTime(open, 120_000);
  await open.page.waitForTimeout(2_500);
  expect(open.asked()).toBe(before);
  expect(await status(open.page)()).toBe('waiting');
  await open.show(true);
  await eventually(status(open.page)).toBe('called');
  await serve();
  expect(open.faults).toEqual([]);
});

test('[PHONE-3] connected it asks once a minute, and every ten seconds where no socket can be had', async () => {
  const connected = await openPhone(await issue());
  await eventually(connected.told).toBeGreaterThan(0);
  const before = connected.asked();
  await passTime(connected, 45_000);
  await connected.page.waitForTimeout(2_500);
  expect(connected.asked()).toBe(before);
  await passTime(connected, 61_000);
  await eventually(connected.asked).toBe(before + 1);

  const alone = await openPhone(await issue(), (page) =>
    page.routeWebSocket(/\/v\/socket\//, (socket) => socket.close()),
  );
  // The other one was before it.
  await act('call-next');
  await serve();
  await act('call-next');
  await eventually(status(alone.page), 30_000).toBe('called');
  expect(alone.told()).toBe(0);
  await serve();
  expect([...connected.faults, ...alone.faults]).toEqual([]);
});

test('[PHONE-3] a phone whose connection was cut keeps what it shows, says that it is old, and is right again after', async () => {
  const path = await issue();
  const open = await openPhone(path, undefined, proxy.address);
  const beside = await Promise.all(
    catalogueLanguages.map(async (language) => ({
      language,
      ...(await openPhone(`${path}?language=${language}`, undefined, proxy.address)),
    })),
  );
  for (const { page, told } of [open, ...beside]) {
    await eventually(told).toBeGreaterThan(0);
    await page.evaluate(async () => void (await document.fonts.ready));
  }
  proxy.cut();
  await act('call-next');
  for (const each of [open, ...beside]) await passTime(each, 70_000);
  await open.page.locator('main.stale').waitFor();
  await lookInEach(beside, 'visit-stale', (page) => page.locator('main.stale > .old').waitFor());
  for (const { page } of beside) await page.context().close();
  expect(await status(open.page)()).toBe('waiting');
  const toldBefore = open.told();
  proxy.heal();
  await eventually(status(open.page), 40_000).toBe('called');
  await eventually(open.told, 40_000).toBeGreaterThan(toldBefore);
  expect(await open.page.locator('main.stale').count()).toBe(0);
  // And hears again.
  await act('miss');
  await eventually(status(open.page)).toBe('missed');
  expect(open.faults).toEqual([]);
});
