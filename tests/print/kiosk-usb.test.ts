import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { FakePrinter } from '@antrean/server/print/fake-printer.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { launchBrowser, openPage, sizes } from '../screens/browser.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { lookAtKiosk } from '../screens/each-language.ts';
import { eventually } from '../screens/eventually.ts';
import { look } from '../screens/look.ts';
import { shippedBlueprint } from '../screens/screens-hall.ts';
import { type FakeMachine, type FakeUsb, plugInUsb } from './fake-usb.ts';
import { codeOn, keepPaper } from './paper-scene.ts';

const out: Raster[] = [];
const fake = new FakePrinter((ticket) => out.push(ticket));
const port = await fake.listen(0);
const blueprint = {
  ...shippedBlueprint('mpp-banyuwangi'),
  languages: ['id', 'en', 'az', 'ru'],
  printers: [{ id: 'own', address: 'usb' }],
};
await buildScreens();
const hall = await startTestHall({ blueprint, servesScreens: true });
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await hall.stop();
  await fake.close();
});
const manager = hall.managers[0]!;
await manager.post('/day/open');
const { cookie } = await letIn(manager.address, hall.branchId, manager.headers, { kind: 'kiosk' });

let pages: Page[] = [];
afterEach(async () => {
  await Promise.all(pages.map((page) => page.context().close()));
  pages = [];
  fake.state = 'ready';
  out.length = 0;
});

const openKiosk = async (
  machine: Omit<FakeMachine, 'port'>,
  { language = 'en', size = sizes.kiosk }: { language?: string; size?: { width: number; height: number } } = {},
): Promise<{ page: Page; usb: FakeUsb }> => {
  const { page, context } = await openPage(browser, 'about:blank', size);
  pages.push(page);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: manager.address }]);
  const usb = await plugInUsb(page, { port, ...machine });
  await page.goto(`${manager.address}/kiosk/?lang=${language}`);
  await page.locator('[data-tile="journey:newborn"]').waitFor();
  return { page, usb };
};
const takeTicket = async (page: Page): Promise<void> => {
  await page.locator('[data-tile="journey:newborn"]').click();
  await page.getByTestId('take').click();
  await page.getByTestId('ticket-number').waitFor();
};
const paperOf = (page: Page) => page.locator('[data-paper]').getAttribute('data-paper');
/** What staff do: a finger on the name of the hall, until the page about the printer comes. */
const holdName = async (page: Page): Promise<void> => {
  const box = (await page.locator('header .name').boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + box.height / 2);
  await page.mouse.down();
  await page.locator('[data-printer]').waitFor();
  await page.mouse.up();
};
const stateOf = (page: Page) => page.locator('[data-printer]').getAttribute('data-printer');
const reported = async (): Promise<string | undefined> => {
  const { body } = await manager.get('/devices');
  return (body.devices as { health: { paper?: string } | null }[])[0]?.health?.paper;
};
const condition = async (): Promise<unknown> =>
  ((await manager.get('/printers')).body.printers as { condition: unknown }[])[0]?.condition;

test('[PAPER-10] staff allow the printer by one touch; from then on it prints after every reload, the ticket as a network printer has it', async () => {
  const { page, usb } = await openKiosk({});
  await holdName(page);
  await eventually(() => stateOf(page)).toBe('missing');
  await lookAtKiosk(page, 'kiosk-printer-missing');
  await page.locator('[data-action=choose-printer]').click();
  await eventually(() => stateOf(page), 10_000).toBe('ok');
  await lookAtKiosk(page, 'kiosk-printer-ok');
  expect(await usb.isAllowed()).toBe(true);
  await page.locator('dialog [data-back]').click();
  await page.reload();
  await takeTicket(page);
  await eventually(() => paperOf(page), 15_000).toBe('printed');
  await look(page, 'kiosk-usb-printed');
  expect(out).toHaveLength(1);
  expect(out[0]!.width).toBe(576);
  expect(codeOn(out[0]!)).toMatch(new RegExp(`^${manager.address}/v/[\\w-]{22}$`));
  await keepPaper(out[0]!, 'kiosk-usb');
}, 60_000);

test.each([
  ['paper-out', 'out'],
  ['cover-open', null],
  ['silent', null],
  // In the middle of the ticket; opened anew it is reset, and well again.
  ['hangs', null],
] as const)(
  '[PAPER-10] [PAPER-7] at its own printer that is %s the kiosk promises nothing, and managers hear of it in the words of any printer',
  async (state, known) => {
    if (state !== 'hangs') fake.state = state;
    const { page } = await openKiosk({ isAllowed: true }, { language: 'id', size: sizes.kioskLying });
    fake.state = state;
    await takeTicket(page);
    await eventually(() => paperOf(page), 20_000).toBe('failed');
    await lookAtKiosk(page, `kiosk-usb-${state}`);
    expect(out).toHaveLength(0);
    if (!known) return;
    await eventually(reported, 45_000).toBe(known);
    expect(await condition()).toBe(known);
    await page.locator('.done').click();
    await holdName(page);
    await eventually(() => stateOf(page)).toBe(known);
    await lookAtKiosk(page, `kiosk-printer-${known}`);
  },
  90_000,
);

test('[PAPER-10] a printer that another program holds, or none, or a browser without USB: each is told apart, and the ticket is there', async () => {
  const held = await openKiosk({ isAllowed: true, isHeld: true }, { language: 'id' });
  await holdName(held.page);
  await eventually(() => stateOf(held.page)).toBe('refused');
  await lookAtKiosk(held.page, 'kiosk-printer-refused');
  // Else it is asked whether anybody is still there before the report has come.
  await held.page.mouse.click(5, 5);
  await eventually(reported, 45_000).toBe('refused');
  expect(await condition()).toBe('refused');
  await held.page.locator('dialog [data-back]').click();
  await takeTicket(held.page);
  await eventually(() => paperOf(held.page), 10_000).toBe('failed');
  await held.page.context().close();
  pages = [];

  const { page } = await openPage(browser, 'about:blank', sizes.kiosk);
  pages.push(page);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await page.context().addCookies([{ name, value, url: manager.address }]);
  await page.addInitScript(() => Object.defineProperty(navigator, 'usb', { value: undefined }));
  await page.goto(`${manager.address}/kiosk/?lang=en`);
  await page.locator('[data-tile="journey:newborn"]').waitFor();
  await holdName(page);
  await eventually(() => stateOf(page)).toBe('unable');
  await lookAtKiosk(page, 'kiosk-printer-unable');
  await page.locator('dialog [data-back]').click();
  await takeTicket(page);
  await eventually(() => paperOf(page), 10_000).toBe('failed');
}, 90_000);

test('[PAPER-10] a printer that is pulled out is missed at once, and used again when it is back', async () => {
  const { page, usb } = await openKiosk({ isAllowed: true }, { language: 'id', size: sizes.kioskLying });
  await holdName(page);
  await eventually(() => stateOf(page), 10_000).toBe('ok');
  await usb.plug(false);
  await eventually(() => stateOf(page), 10_000).toBe('missing');
  await look(page, 'kiosk-printer-missing-lying');
  await usb.plug(true);
  await eventually(() => stateOf(page), 10_000).toBe('ok');
  await page.locator('dialog [data-back]').click();
  await takeTicket(page);
  await eventually(() => paperOf(page), 15_000).toBe('printed');
  expect(out).toHaveLength(1);
}, 60_000);

test('[PAPER-10] the page of a kiosk may use USB, and no other page', async () => {
  const policy = async (path: string) => (await fetch(`${manager.address}${path}`)).headers.get('permissions-policy');
  expect(await policy('/kiosk/')).toBe('usb=(self)');
  for (const path of ['/tv/', '/counter/', '/manager/', '/admin/', '/tv/preview'])
    expect(await policy(path), path).toBe('usb=()');
});
