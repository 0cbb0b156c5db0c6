import { setTimeout as wait } from 'node:timers/promises';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Api } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { eventually } from './eventually.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { startProxy } from './cuttable-proxy.ts';
import { closeEach, lookAtKiosk, lookInEach, openInEach, switchKiosk } from './each-language.ts';
import { look } from './look.ts';
import { keepPicture } from './pictures.ts';
import { startScreens } from './screens-hall.ts';

const sign = { id: 'above', layout: 'sign' as const, zone: { counters: ['C-1'] } };
const { hall, browser } = await startScreens({
  ...plainHall,
  languages: ['en', 'id', 'az', 'ru'],
  screens: [sign],
});
const proxy = await startProxy(hall.address);
afterAll(() => proxy.close());
const agent = await hall.staff('ani', 'C-1');
/** As a small panel above a counter is. */
const square = { width: 1024, height: 768 };

/** Issues a ticket and calls it at an agent's counter. @returns its number */
const callSomebody = async (counterId: string, by: Api): Promise<string> => {
  await hall.visitor.post('/tickets', { serviceId: 'S-0' });
  const { status, body } = await by.post(`/counters/${counterId}/call-next`);
  expect(status).toBe(200);
  return (body.ticket as { number: string }).number;
};

const currentOf = (tv: Page) =>
  tv.getByTestId('current-call').locator('[data-call]').getAttribute('data-call', { timeout: 5_000 });

/** Notes every call that the screen marks as new from now on. */
const noteFresh = (tv: Page) =>
  tv.evaluate(() => {
    const fresh = new Set<string>();
    Object.assign(window, { fresh });
    new MutationObserver(() => {
      for (const element of document.querySelectorAll('[data-fresh=true]')) {
        fresh.add(element.getAttribute('data-call') ?? '');
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
const freshOf = (tv: Page) => tv.evaluate(() => [...(window as unknown as { fresh: Set<string> }).fresh]);

test('a lobby screen that was cut off for a minute is right again and takes no old call for new', async () => {
  const beside = await openPage(browser, `${hall.address}/tv`, sizes.tv);
  const { page: tv, faults } = await openPage(browser, `${proxy.address}/tv`, sizes.tv);
  const before = await callSomebody('C-1', agent);
  await eventually(() => currentOf(tv)).toBe(before);
  await noteFresh(tv);
  const boards = await openInEach(browser, (language) => `${proxy.address}/tv?lang=${language}`, sizes.tv);
  const signs = await openInEach(browser, (language) => `${proxy.address}/tv?screen=above&lang=${language}`, square);
  const kiosk = await openPage(browser, `${proxy.address}/kiosk`, sizes.kiosk);
  for (const { page } of [...boards, ...signs]) await page.locator('main[data-filled=true]').waitFor();
  await kiosk.page.locator('[data-tile]').first().waitFor();
  // Texts of a language come when it is first spoken.
  for (const language of catalogueLanguages) await switchKiosk(kiosk.page, language);
  // A picture waits for fonts, and one that is still on its way would not come any more.
  for (const page of [tv, kiosk.page, ...[...boards, ...signs].map((each) => each.page)])
    await page.evaluate(async () => void (await document.fonts.ready));

  proxy.cut();
  const cutAt = Date.now();
  const missed = [await callSomebody('C-1', agent), await callSomebody('C-1', agent)];
  await eventually(() => currentOf(beside.page)).toBe(missed[1]);
  await tv.getByTestId('reconnecting').waitFor({ timeout: 40_000 });
  // The screen keeps what it had and says that it may be out of date.
  expect(await currentOf(tv)).toBe(before);
  await keepPicture(tv, 'plain-tv-reconnecting');
  const isLost = (page: Page) => page.getByTestId('reconnecting').waitFor({ timeout: 40_000 });
  await lookInEach(boards, 'tv-reconnecting', isLost);
  await lookInEach(signs, 'tv-sign-reconnecting', isLost);
  await kiosk.page.locator('header .stale').waitFor({ timeout: 40_000 });
  await lookAtKiosk(kiosk.page, 'kiosk-reconnecting');
  const ownFaults = [...boards, ...signs, kiosk].flatMap((each) => each.faults);
  await Promise.all([closeEach(boards), closeEach(signs), kiosk.context.close()]);
  await wait(Math.max(0, cutAt + 60_000 - Date.now()));

  proxy.heal();
  await eventually(() => currentOf(tv)).toBe(missed[1]);
  await tv.getByTestId('reconnecting').waitFor({ state: 'detached' });
  expect((await freshOf(tv)).filter((number) => missed.includes(number))).toEqual([]);
  // And it is live: the next call is new here as on the screen beside it.
  const next = await callSomebody('C-1', agent);
  await eventually(() => currentOf(tv)).toBe(next);
  await eventually(() => freshOf(tv)).toContain(next);
  expect(await tv.locator('[data-call]').count()).toBe(await beside.page.locator('[data-call]').count());
  expect([...faults, ...ownFaults]).toEqual([]);
}, 180_000);

test('[COUNTER-8] a console without a link says so on its buttons, moves nothing, keeps what is typed, and works again with it', async () => {
  const password = await hall.hire('budi', 'Budi');
  const { page } = await openPage(browser, `${hall.address}/counter?lang=en`, sizes.counter);
  await signInOnPage(page, 'budi', password);
  await page.locator('[data-counter="2"]').click();
  await page.locator('[data-action=main]:enabled').waitFor();
  const beside = await openInEach(browser, (language) => `${hall.address}/counter?lang=${language}`, sizes.counter);
  for (const each of beside) {
    await signInOnPage(each.page, 'budi', password);
    await each.page.locator('[data-action=main]:enabled').waitFor();
  }
  await hall.visitor.post('/tickets', { serviceId: 'S-0' });
  await eventually(() => page.getByTestId('my-waiting').textContent()).toBe('1');
  await page.locator('[data-action=pause]').focus();
  const places = (of: Page) =>
    of
      .locator('main button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON()));
  const { page: narrow } = beside[0]!;
  await narrow.setViewportSize({ width: 420, height: 768 });
  const before = [await places(page), await places(narrow)];
  await narrow.setViewportSize(sizes.counter);

  const all = [page, ...beside.map((each) => each.page)];
  for (const each of all) await each.context().setOffline(true);
  // Chromium leaves a WebSocket open when it goes offline: the silence is noticed after 12 s at the latest.
  await page.locator('[data-link=lost]').waitFor({ timeout: 40_000 });
  const reason = page.getByTestId('cut-off');
  await reason.waitFor();
  expect(await reason.textContent()).toBe('No connection: this works again when it is back.');
  const main = page.locator('[data-action=main]');
  expect([await main.getAttribute('aria-disabled'), await main.getAttribute('aria-describedby')]).toEqual([
    'true',
    await reason.getAttribute('id'),
  ]);
  // Nothing moved, and whoever was about to press a button is still there.
  expect(await places(page)).toEqual(before[0]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action'))).toBe('pause');
  await lookInEach(beside, 'counter-cut-off', (each) => each.getByTestId('cut-off').waitFor({ timeout: 40_000 }));
  for (const each of beside) await each.page.setViewportSize({ width: 420, height: 768 });
  expect(await places(narrow)).toEqual(before[1]);
  await lookInEach(beside, 'counter-cut-off-beside');

  await page.keyboard.press('Enter');
  await eventually(() => page.getByTestId('message').textContent()).toBe(
    'No connection: nothing was sent and nothing changed. Try again when it is back.',
  );
  expect(await page.locator('dialog').count()).toBe(0);
  await page.keyboard.press('F2');
  for (const each of all) await each.context().setOffline(false);
  await page.locator('[data-link=live]').waitFor({ timeout: 40_000 });
  await reason.waitFor({ state: 'detached' });
  expect(await page.getByTestId('my-waiting').textContent()).toBe('1');
  await main.click();
  await page.getByTestId('current-number').waitFor();
  expect(beside.flatMap((each) => each.faults)).toEqual([]);
  await closeEach(beside);

  await page.keyboard.press('m');
  const note = page.locator('input[name=note]');
  await note.fill('brings a form');
  await page.context().setOffline(true);
  const told = page.getByTestId('dialog-told');
  await told.waitFor({ timeout: 40_000 });
  await look(page, 'counter-cut-off-note-en');
  expect(await note.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await eventually(() => told.textContent()).toContain('nothing was sent');
  expect(await note.inputValue()).toBe('brings a form');
  await page.context().setOffline(false);
  await page.locator('[data-link=live]').waitFor({ timeout: 40_000 });
  await page.locator('.console').locator('[aria-disabled=true]').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.getByTestId('note').waitFor();
  expect(await page.getByTestId('note').textContent()).toContain('brings a form');
  expect(await page.locator('dialog').count()).toBe(0);
}, 240_000);

test('[COUNTER-8] while only the socket is away for a moment an act is carried out, and a note that was not saved is still there', async () => {
  const { page } = await openPage(browser, `${hall.address}/counter?lang=en`, sizes.counter);
  let isAway = false;
  await page.routeWebSocket('**/socket.io/**', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!isAway) return socket.send(message);
      void socket.close();
    });
  });
  // Only sockets of a page that is loaded from here on.
  await page.reload();
  await signInOnPage(page, 'citra', await hall.hire('citra', 'Citra'));
  await page.locator('[data-counter="3"]').click();
  await page.locator('[data-action=main]:enabled').waitFor();
  isAway = true;
  // Whatever is said next finds the socket closed.
  await hall.visitor.post('/tickets', { serviceId: 'S-0' });
  await page.locator('[data-link=lost]').waitFor();
  const answered = page.waitForResponse('**/call-next');
  await page.keyboard.press('F2');
  expect((await answered).status()).toBe(200);
  await page.getByTestId('cut-off').waitFor();
  isAway = false;
  await page.getByTestId('current-number').waitFor();

  await page.route('**/tickets/*/note', (route) =>
    route.fulfill({ status: 409, json: { code: 'TICKET_UNKNOWN', title: 'no such ticket', status: 409 } }),
  );
  await page.locator('[data-action=note]:enabled').waitFor();
  await page.keyboard.press('m');
  await page.locator('input[name=note]').fill('brings a form');
  await page.keyboard.press('Enter');
  await page.getByTestId('dialog-told').waitFor();
  expect(await page.locator('input[name=note]').inputValue()).toBe('brings a form');
}, 120_000);
