import { issueIdOf } from '@antrean/server/hall/derive-command-id.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { eventually } from './eventually.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { lookAtKiosk } from './each-language.ts';
import { startScreens } from './screens-hall.ts';

const { hall, browser } = await startScreens({ ...plainHall, languages: ['en', 'id', 'az', 'ru'] });

/** English at last: what is looked for is written so. */
const inTurn = ['id', 'az', 'ru', 'en'];

/** What happened so far, from the ledger itself. */
const count = async (type: string): Promise<number> => {
  const [row] = await hall.sql<{ count: number }[]>`select count(*)::int from ticket_event where type = ${type}`;
  return row?.count ?? 0;
};

const toService = async (kiosk: Page): Promise<void> => {
  await kiosk.locator('[data-tile="A"]').click();
  await kiosk.locator('[data-tile="S-0"]').click();
};

/** Lets requests reach the server as `treat` says, and keeps the command ids that were sent. */
const intercept = async (page: Page, path: RegExp, treat: (route: Route, tries: number) => Promise<void>) => {
  const sent: string[] = [];
  await page.route(path, async (route) => {
    sent.push((route.request().postDataJSON() as { commandId: string }).commandId);
    await treat(route, sent.length);
  });
  return sent;
};

test('a ticket whose answer is lost twice is given once, under one number', async () => {
  const issued = await count('ticket.issued');
  const { page } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  const sent = await intercept(page, /\/tickets$/, async (route, tries) => {
    if (tries > 2) return route.continue();
    // The server does it and answers; the answer never arrives.
    await route.fetch();
    await route.abort('connectionreset');
  });
  await toService(page);
  await page.getByTestId('take').dblclick();
  const number = await page.getByTestId('ticket-number').textContent();
  expect(await count('ticket.issued')).toBe(issued + 1);
  expect(sent.length).toBeGreaterThanOrEqual(3);
  expect(new Set(sent).size).toBe(1);
  const id = issueIdOf(hall.branchId as BranchId, (sent[0] ?? '') as CommandId);
  const [row] = await hall.sql`select data->>'number' as number from ticket_event where command_id = ${id}`;
  expect(number).toBe(row?.number);
});

test('a kiosk that cannot reach the server says so, gives no number, and gives one when it can', async () => {
  const issued = await count('ticket.issued');
  const { page } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  let isDown = true;
  const unavailable = { status: 503, json: { code: 'STORE_UNAVAILABLE', message: 'later' } };
  await intercept(page, /\/tickets$/, (route) => (isDown ? route.fulfill(unavailable) : route.continue()));
  await toService(page);
  await page.getByTestId('take').click();
  await page.getByText('you will get one number only').waitFor();
  expect(await page.getByTestId('take').isDisabled()).toBe(true);
  expect(await count('ticket.issued')).toBe(issued);
  await lookAtKiosk(page, 'kiosk-repeating', inTurn);
  isDown = false;
  await page.getByTestId('ticket-number').waitFor();
  expect(await count('ticket.issued')).toBe(issued + 1);
});

test('a number whose visitor has left before the answer is given back', async () => {
  const cancelled = await count('ticket.cancelled');
  const { page } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  let isDown = true;
  await intercept(page, /\/tickets$/, async (route) => {
    if (!isDown) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await toService(page);
  await page.getByTestId('take').click();
  await page.getByRole('button', { name: 'Stop and go back' }).click();
  isDown = false;
  await eventually(() => count('ticket.cancelled')).toBe(cancelled + 1);
  expect(await page.getByTestId('ticket-number').count()).toBe(0);
});

test('a refusal is told in the language of the visitor, also in one chosen afterwards, and the kiosk goes on', async () => {
  const { page } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  await intercept(page, /\/tickets$/, async (route) => {
    const body = { ...(route.request().postDataJSON() as object), serviceId: 'S-gone' };
    await route.continue({ postData: JSON.stringify(body) });
  });
  await toService(page);
  await page.getByTestId('take').click();
  const reason = page.getByText('This service is not offered here. Please choose another one.');
  await reason.waitFor();
  await lookAtKiosk(page, 'kiosk-refused', ['id', 'az', 'ru']);
  await page.getByText('Эта услуга здесь не оказывается').waitFor();
  await lookAtKiosk(page, 'kiosk-refused', ['en']);
  await reason.waitFor();
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.locator('[data-tile]').first().waitFor();
});

test('a kiosk that must wait says for how long, in the language of the visitor', async () => {
  const { page } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  const busy = { code: 'KIOSK_BUSY', message: 'later', details: { waitSeconds: 600 } };
  await intercept(page, /\/tickets$/, (route) => route.fulfill({ status: 429, json: busy }));
  await toService(page);
  await page.getByTestId('take').click();
  await page.getByText('Your ticket comes in 600 seconds.').waitFor();
  await lookAtKiosk(page, 'kiosk-busy', inTurn);
  await page.getByText('Your ticket comes in 600 seconds.').waitFor();
});

test('a call whose answer is lost calls one visitor, and the console is locked meanwhile', async () => {
  const called = await count('ticket.called');
  const { page } = await openPage(browser, `${hall.address}/counter`, sizes.counter);
  await signInOnPage(page, 'citra', await hall.hire('citra', 'Citra'));
  await page.locator('[data-counter="3"]').click();
  for (let index = 0; index < 3; index++) await hall.visitor.post('/tickets', { serviceId: 'S-1' });
  const sent = await intercept(page, /\/call-next$/, async (route, tries) => {
    if (tries > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.locator('[data-action=main]:enabled').waitFor();
  await page.keyboard.press('F2');
  await page.keyboard.press('F2');
  await page.keyboard.press(' ');
  await page.getByTestId('current-number').waitFor();
  await page.locator('[data-action=main]:enabled').waitFor();
  expect(new Set(sent).size).toBe(1);
  expect(sent.length).toBe(2);
  expect(await count('ticket.called')).toBe(called + 1);
});

test('whether somebody is still there is asked in every language', async () => {
  const { page, context } = await openPage(browser, `${hall.address}/kiosk`, sizes.kiosk);
  await toService(page);
  await page.getByTestId('take').waitFor();
  // From now on to the page it is so much later, and stays so: the countdown does not run out while it is looked at.
  await page.clock.setFixedTime(Date.now() + 38_000);
  await page.getByRole('dialog').waitFor();
  await lookAtKiosk(page, 'kiosk-still-there');
  expect(await page.getByRole('dialog').count()).toBe(1);
  await context.close();
});

test('a kiosk that nobody touches asks, and starts anew without an answer', async () => {
  const { page, context } = await openPage(browser, 'about:blank', sizes.kiosk);
  await page.clock.install();
  await page.goto(`${hall.address}/kiosk`);
  await page.locator('[data-tile="A"]').click();
  await page.locator('[data-tile="S-0"]').waitFor();
  await page.clock.runFor(31_000);
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.locator('[data-tile="S-0"]').count()).toBe(1);
  await page.clock.runFor(31_000);
  await page.getByRole('dialog').waitFor();
  await page.clock.runFor(20_000);
  await page.locator('[data-tile="A"]').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await context.close();
});
