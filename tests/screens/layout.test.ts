import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage, overflowing, signInOnPage, sizes } from './browser.ts';
import { fillHall } from './fill-hall.ts';
import { look } from './look.ts';
import { type ScreensHall, type ShippedHall, shippedBlueprint, startScreensHall } from './screens-hall.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each<ShippedHall>(['mpp-banyuwangi', 'asan'])('%s', (name) => {
  const blueprint = shippedBlueprint(name);
  const [own = 'en', other = 'en'] = blueprint.languages;
  let hall: ScreensHall;

  const open = (path: string, size: { width: number; height: number }) =>
    openPage(browser, `${hall.address}${path}`, size);

  beforeAll(async () => {
    hall = await startScreensHall(blueprint);
  });
  afterAll(() => hall?.stop());

  test('closed and empty', { timeout: 180_000 }, async () => {
    // The hall opens its day by itself; one that was closed stays so.
    await hall.manager.post('/day/open');
    await hall.manager.post('/day/close');
    const tv = await open('/tv', sizes.tv);
    const kiosk = await open('/kiosk', sizes.kiosk);
    await tv.page.locator('main[data-filled=true]').waitFor();
    await kiosk.page.getByRole('alert').waitFor();
    await look(tv.page, `${name}-${own}-tv-closed`);
    await look(kiosk.page, `${name}-${own}-kiosk-closed`);

    await hall.manager.post('/day/open');
    await kiosk.page.locator('[data-tile]').first().waitFor();
    await look(tv.page, `${name}-${own}-tv-empty`);
    const manager = await open('/manager', sizes.counter);
    await manager.page.locator('form').waitFor();
    await look(manager.page, `${name}-${own}-sign-in`);
    await signInOnPage(manager.page, 'manager', hall.managerPassword);
    await manager.page.locator('[data-stat]').first().waitFor();
    await look(manager.page, `${name}-${own}-manager-empty`);
    const counter = await open('/counter', sizes.counter);
    await signInOnPage(counter.page, 'fitri', await hall.hire('fitri', 'Fitri'));
    await counter.page.locator('[data-counter="10"]').click();
    await counter.page.locator('[data-action=main]').waitFor();
    await look(counter.page, `${name}-${own}-counter-empty`);
    for (const { context } of [tv, kiosk, manager, counter]) await context.close();
  });

  test('a busy hour', { timeout: 180_000 }, async () => {
    await fillHall(hall, blueprint);
    await setAside(hall, blueprint);
    for (const language of [own, other]) {
      const tv = await open(`/tv?lang=${language}`, sizes.tv);
      await tv.page.locator('[data-call]').first().waitFor();
      await look(tv.page, `${name}-${language}-tv-full`);
      await tv.context.close();

      const manager = await open(`/manager?lang=${language}`, sizes.counter);
      await signInOnPage(manager.page, 'manager', hall.managerPassword);
      await manager.page.locator('[data-line]').first().waitFor();
      await look(manager.page, `${name}-${language}-manager-full`);
      await manager.page.locator('[data-aside]').first().scrollIntoViewIfNeeded();
      await look(manager.page, `${name}-${language}-manager-aside`);
      for (const [action, state] of [
        ['ask-void', 'manager-void'],
        ['ask-kept', 'manager-kept'],
        ['close-day', 'manager-close-day'],
      ] as const) {
        await manager.page.locator(`[data-action=${action}]`).click();
        await manager.page.locator('dialog').waitFor();
        await look(manager.page, `${name}-${language}-${state}`);
        await manager.page.keyboard.press('Escape');
      }
      await manager.context.close();
    }
  });

  test('every page of the kiosk has room for its names', { timeout: 180_000 }, async () => {
    for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskLying })) {
      const { page, context } = await open('/kiosk', size);
      for (const agency of blueprint.agencies) {
        await turnTo(page, agency.id);
        await eachPage(page, async (index) => {
          expect.soft(await overflowing(page), `${shape} ${agency.id} ${index}`).toEqual([]);
        });
        await page.locator('.control', { hasText: /Kembali|Geri/ }).click();
      }
      await context.close();
    }
  });

  test('the way to a ticket, upright and lying', { timeout: 180_000 }, async () => {
    // The service with the most to say.
    const wordiest = [...blueprint.services].sort((a, b) => papersOf(b.requirements) - papersOf(a.requirements))[0];
    if (!wordiest) throw new Error('no service');
    for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskLying })) {
      for (const language of [own, other]) {
        const { page, context } = await open(`/kiosk?lang=${language}`, size);
        const show = (state: string) => look(page, `${name}-${language}-${shape}-kiosk-${state}`);
        await page.locator('[data-tile]').first().waitFor();
        await show('agencies');
        await turnTo(page, wordiest.agency);
        await page.locator('[data-tile]').first().waitFor();
        await show('services');
        await turnTo(page, wordiest.id);
        await page.getByTestId('take').waitFor();
        await page.locator('.choice').nth(1).click();
        await show('check');
        await page.getByTestId('take').click();
        await page.getByTestId('ticket-number').waitFor();
        await show('ticket');
        await context.close();
      }
    }
  });

  test('the counter, beside another window too', { timeout: 240_000 }, async () => {
    const counter = blueprint.counters[10];
    if (!counter) throw new Error('no such counter');
    await hall.manager.post('/day/open');
    const service = blueprint.services
      .filter(({ agency }) => counter.serves.agencies?.includes(agency))
      .sort((a, b) => nameLength(b.name) - nameLength(a.name))[0];
    const longest = [...blueprint.services].sort((a, b) => nameLength(b.name) - nameLength(a.name));
    const tickets: string[] = [];
    for (let count = 0; count < 14; count++) {
      const priority = count < 4 ? { priority: blueprint.priorities.at(-1)?.id } : {};
      const { body } = await hall.visitor.post('/tickets', { serviceId: service?.id, ...priority });
      tickets.push((body.ticket as { id: string }).id);
    }
    for (const id of tickets.slice(-5)) {
      await hall.manager.post(`/tickets/${id}/hold`, { reason: 'papers', minutes: 30 });
    }
    const password = await hall.hire('gita', 'Gita Maharani Kusumawardhani');
    for (const [shape, language] of [
      ['wide', own],
      ['wide', 'ru'],
      ['beside', own],
      ['beside', 'ru'],
    ] as const) {
      const { page, context } = await open(
        `/counter?lang=${language}`,
        shape === 'wide' ? sizes.counter : sizes.beside,
      );
      const show = (state: string) => look(page, `${name}-${language}-${shape}-counter-${state}`);
      await signInOnPage(page, 'gita', password);
      await page.locator(`[data-counter="${counter.number}"], [data-action=main]`).first().waitFor();
      if ((await page.locator('[data-action=main]').count()) === 0) {
        await show('choose');
        await page.locator(`[data-counter="${counter.number}"]`).click();
      }
      await page.locator('[data-action=main]:enabled').click();
      await page.locator('main[data-status=called]').waitFor();
      await page.locator('[data-action=recall]:enabled').click();
      await page.locator('[data-action=start]:enabled').waitFor();
      await page.locator('[data-next]').nth(4).waitFor();
      await show('called');
      const started = page.waitForResponse(/\/start$/);
      await page.locator('[data-action=start]:enabled').click();
      const current = ((await (await started).json()) as { ticket: { id: string } }).ticket.id;
      await page.locator('main[data-status=serving]').waitFor();
      await page.locator('[data-action=finish]:enabled').waitFor();
      await show('serving');
      await hall.manager.post(`/tickets/${current}/note`, { note: 'W'.repeat(80) });
      for (const { id } of longest.slice(0, 3)) await hall.manager.post(`/tickets/${current}/legs`, { serviceId: id });
      await page.getByTestId('legs').waitFor();
      await page.getByTestId('note').waitFor();
      await show('with-note');
      // Names and languages change little in a dialog: one language tells.
      const dialogs = language === 'ru' ? ['hold', 'transfer', 'add-leg', 'note', 'outcome', 'help'] : [];
      for (const action of dialogs) {
        await page.locator(`[data-action=${action}]:enabled`).click();
        await page.locator('dialog').waitFor();
        await show(action);
        await page.keyboard.press('Escape');
      }
      await page.locator('[data-action=finish]').click();
      await page.locator('[data-action=pause]:enabled').click();
      await show('pause');
      await page.locator('[data-reason=office]').click();
      await page.locator('[data-action=resume]:enabled').waitFor();
      await show('paused');
      await page.locator('[data-action=resume]').click();
      await page.locator('[data-action=close]:enabled').waitFor();
      await context.close();
    }
  });
});

/** Three visitors on hold, for services with long names. */
const setAside = async (hall: ScreensHall, blueprint: Blueprint): Promise<void> => {
  const longest = [...blueprint.services].sort((a, b) => nameLength(b.name) - nameLength(a.name));
  for (const { id } of longest.slice(0, 3)) {
    const { body } = await hall.visitor.post('/tickets', { serviceId: id });
    const { id: ticketId } = body.ticket as { id: string };
    await hall.manager.post(`/tickets/${ticketId}/hold`, { reason: 'payment', minutes: 60 });
  }
};

const eachPage = async (page: Page, show: (index: number) => Promise<void>): Promise<void> => {
  await page.locator('[data-tile]').first().waitFor();
  for (let index = 1; index < 12; index++) {
    await show(index);
    const next = page.locator('.more:enabled');
    if ((await next.count()) === 0) return;
    await next.click();
  }
};

/** Back to the first page, then on until the tile is there, and touches it. */
const turnTo = async (page: Page, tile: string): Promise<void> => {
  await page.locator('[data-tile]').first().waitFor();
  const previous = page.locator('.previous:enabled');
  for (let index = 0; index < 12 && (await previous.count()) > 0; index++) await previous.click();
  for (let index = 0; index < 12 && (await page.locator(`[data-tile="${tile}"]`).count()) === 0; index++) {
    await page.locator('.more:enabled').click();
  }
  await page.locator(`[data-tile="${tile}"]`).click();
  await page.locator(`[data-tile="${tile}"]`).waitFor({ state: 'detached' });
};

const papersOf = (requirements: Readonly<Record<string, readonly string[]>> | undefined): number =>
  Math.max(0, ...Object.values(requirements ?? {}).map((papers) => papers.join(' ').length));

const nameLength = (name: Readonly<Record<string, string>>): number =>
  Math.max(...Object.values(name).map(({ length }) => length));
