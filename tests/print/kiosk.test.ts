import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { FakePrinter } from '@antrean/server/print/fake-printer.ts';
import { printerNetworks } from '@antrean/server/print/printer-networks.ts';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { apiOf } from '../harness/api.ts';
import { letIn } from '../harness/let-in.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { launchBrowser, openPage, sizes } from '../screens/browser.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { lookAtKiosk } from '../screens/each-language.ts';
import { eventually } from '../screens/eventually.ts';
import { look } from '../screens/look.ts';
import { keepPicture } from '../screens/pictures.ts';
import { shippedBlueprint } from '../screens/screens-hall.ts';
import { codeOn, keepPaper } from './paper-scene.ts';

let cameOut = 0;
let lastOut: Raster | undefined;
const fake = new FakePrinter((ticket) => {
  cameOut += 1;
  lastOut = ticket;
});
const printer = { id: 'door', address: '127.0.0.1', port: await fake.listen(0) };
const languages = ['id', 'en', 'az', 'ru'];
const blueprint = { ...shippedBlueprint('mpp-banyuwangi'), languages, printers: [printer] };
await buildScreens();
const hall = await startTestHall({
  blueprint,
  servesScreens: true,
  allowsPrinter: printerNetworks('127.0.0.1'),
});
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await hall.stop();
  await fake.close();
});
const manager = hall.managers[0]!;
await manager.post('/day/open');
const { cookie } = await letIn(manager.address, hall.branchId, manager.headers, { kind: 'kiosk' });

const takeTicket = async (
  query: string,
  size: { width: number; height: number },
  isPaired = true,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Page> => {
  const { page, context } = await openPage(browser, 'about:blank', size);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  if (isPaired) await context.addCookies([{ name, value, url: manager.address }]);
  await page.addInitScript(() => {
    // What the dialog of a browser without a printer would be; whether it was asked is what counts.
    window.print = () => document.documentElement.setAttribute('data-asked', 'to print');
  });
  await prepare(page);
  await page.goto(`${manager.address}/kiosk/?${query}`);
  await page.locator('[data-tile="journey:newborn"]').click();
  await page.getByTestId('take').click();
  await page.getByTestId('ticket-number').waitFor();
  return page;
};
const paperOf = (page: Page) => page.locator('[data-paper]').getAttribute('data-paper');

test.each([
  ['ready', 'printed', undefined],
  ['paper-out', 'failed', 'out'],
  ['cover-open', 'failed', 'cover'],
  ['silent', 'failed', 'silent'],
] as const)(
  '[PAPER-7] with a printer that is %s the kiosk says %s, and the ticket is there',
  async (state, said, health) => {
    for (const [shape, size] of Object.entries({ upright: sizes.kiosk, lying: sizes.kioskLying })) {
      fake.state = state;
      cameOut = 0;
      const page = await takeTicket(shape === 'upright' ? 'lang=id' : 'lang=en', size);
      await eventually(() => paperOf(page), 15_000).toBe(said);
      expect(cameOut).toBe(said === 'printed' ? 1 : 0);
      await look(page, `kiosk-paper-${state}-${shape}`);
      // Whatever hinders it, the visitor is told the same.
      if (shape === 'upright' && ['ready', 'paper-out'].includes(state)) await lookAtKiosk(page, `kiosk-paper-${said}`);
      if (health && shape === 'upright') {
        await eventually(async () => {
          const { body } = await manager.get('/devices');
          return (body.devices as { health: { paper?: string } | null }[])[0]?.health?.paper;
        }, 40_000).toBe(health);
      }
      await page.context().close();
    }
  },
  150_000,
);

test('[PAPER-7] while it prints the kiosk says so, in every language', async () => {
  fake.state = 'ready';
  const { promise: isSeen, resolve: letPrint } = Promise.withResolvers<void>();
  const page = await takeTicket('lang=id', sizes.kiosk, true, async (opened) => {
    await opened.route('**/print', async (route) => {
      await isSeen;
      await route.continue();
    });
  });
  await eventually(() => paperOf(page), 10_000).toBe('printing');
  await lookAtKiosk(page, 'kiosk-paper-printing');
  letPrint();
  await eventually(() => paperOf(page), 15_000).toBe('printed');
  await page.context().close();
}, 60_000);

test.each(languages)(
  '[PAPER-3] what comes out of the printer, and as a copy: %s',
  async (language) => {
    fake.state = 'ready';
    const kiosk = apiOf(manager.address, hall.branchId, { cookie });
    // A kiosk issues so many a minute, and this one has issued many (DEVICE-6).
    let issued = await kiosk.post('/tickets', { journeyId: 'newborn', language });
    for (; issued.status === 429; issued = await kiosk.post('/tickets', { journeyId: 'newborn', language })) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    const { body } = issued;
    const { id } = body.ticket as { id: string };
    const heights: number[] = [];
    for (const name of ['ticket', 'copy']) {
      lastOut = undefined;
      expect(await kiosk.post(`/tickets/${id}/print`)).toMatchObject({
        status: 200,
        body: { isCopy: name === 'copy' },
      });
      expect(codeOn(lastOut!)).toBe(`${manager.address}/v/${String(body.link)}`);
      heights.push(lastOut!.height);
      await keepPaper(lastOut!, `kiosk-${name}-${language}`);
    }
    expect(heights[1]).toBeGreaterThan(heights[0]!);
  },
  90_000,
);

test('[PAPER-7] a screen that nobody let in prints nothing and promises nothing', async () => {
  fake.state = 'ready';
  cameOut = 0;
  const page = await takeTicket('lang=id', sizes.kiosk, false);
  await page.waitForResponse((response) => response.url().endsWith('/print')).catch(() => {});
  await eventually(() => paperOf(page), 5_000).toBe('none');
  expect(cameOut).toBe(0);
  await page.context().close();
});

test('[PAPER-7] a kiosk whose browser prints gives it the picture of the ticket', async () => {
  cameOut = 0;
  const page = await takeTicket('lang=id&paper=browser', sizes.kiosk);
  await eventually(() => page.locator('html').getAttribute('data-asked'), 10_000).toBe('to print');
  expect(await paperOf(page)).toBe('printed');
  expect(cameOut).toBe(0);
  await page.emulateMedia({ media: 'print' });
  await keepPicture(page, 'kiosk-paper-browser');
  expect(await page.locator('img.paper').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(576);
  expect(await page.locator('img.paper').isVisible()).toBe(true);
  await page.context().close();
});
