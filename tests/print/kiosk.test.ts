import { FakePrinter } from '@antrean/server/print/fake-printer.ts';
import { printerNetworks } from '@antrean/server/print/printer-networks.ts';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { startTestHall } from '../harness/test-hall.ts';
import { launchBrowser, openPage, overflowing, sizes } from '../screens/browser.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { eventually } from '../screens/eventually.ts';
import { keepPicture } from '../screens/pictures.ts';
import { shippedBlueprint } from '../screens/screens-hall.ts';

let cameOut = 0;
const fake = new FakePrinter(() => (cameOut += 1));
const printer = { id: 'door', address: '127.0.0.1', port: await fake.listen(0) };
const blueprint = { ...shippedBlueprint('mpp-banyuwangi'), printers: [printer] };
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

const takeTicket = async (query: string, size: { width: number; height: number }, isPaired = true): Promise<Page> => {
  const { page, context } = await openPage(browser, 'about:blank', size);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  if (isPaired) await context.addCookies([{ name, value, url: manager.address }]);
  await page.addInitScript(() => {
    // What the dialog of a browser without a printer would be; whether it was asked is what counts.
    window.print = () => document.documentElement.setAttribute('data-asked', 'to print');
  });
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
      await keepPicture(page, `kiosk-paper-${state}-${shape}`);
      expect.soft(await overflowing(page), shape).toEqual([]);
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
