import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { FakePrinter } from '@antrean/server/print/fake-printer.ts';
import { printerNetworks } from '@antrean/server/print/printer-networks.ts';
import { afterAll, expect, test } from 'vitest';
import { letIn } from '../harness/let-in.ts';
import { faultOf, look, preview, startAdministration } from './administer.ts';
import { openPage, signInOnPage, sizes } from './browser.ts';
import { eventually } from './eventually.ts';
import { look as lookAll } from './look.ts';
import { shippedBlueprint } from './screens-hall.ts';

const out: Raster[] = [];
const fake = new FakePrinter((ticket) => out.push(ticket));
const port = await fake.listen(0);
afterAll(() => fake.close());
const shipped = shippedBlueprint('mpp-banyuwangi');
const long = {
  id: 'Printer cadangan di meja informasi pelayanan administrasi kependudukan dan pencatatan sipil',
  en: 'Spare printer at the information desk of population administration and civil registration',
};
const { hall, browser, open, apply } = await startAdministration(
  {
    ...shipped,
    printers: [
      { id: 'spare', name: long, address: '127.0.0.9', paper: 58 },
      { id: 'desk', address: '127.0.0.1', port },
    ],
  },
  { allowsPrinter: printerNetworks('127.0.0.1') },
);
const { counters } = shipped;

test('[PAPER-8] a printer is added with its faults said at the fields, its state is seen, and a test page says what came of it', async () => {
  const { page, faults } = await open('printers');
  await page.locator('[data-thing=spare]').getByText('do not allow').waitFor();
  await page.locator('[name=new-id]').fill('door');
  await page.locator('[name=new-id]').press('Enter');
  await page.locator('[name=address]').fill('printer.local');
  await faultOf(page, 'address').getByText('in numbers').waitFor();
  await look(page, 'edit-en-printer-faults', true);
  await page.locator('[name=address]').fill('127.0.0.1');
  await page.locator('[name=port]').fill(String(port));
  await page.locator('[name=paper]').selectOption('58');
  await page.locator('[name=paper]').selectOption('80');
  await page.locator('[data-action=up]').click();
  await preview(page);
  await page.locator('[data-change="added printers door"]').waitFor();
  await apply(page);
  await page.locator('[data-thing=door] .head').click();
  await page.locator('[data-condition=ready]').waitFor();
  await page.locator('[data-action=test-page]').click();
  await page.getByTestId('tested').getByText('is printed').waitFor();
  expect(out.map(({ width }) => width)).toEqual([576]);
  await look(page, 'edit-en-printer', true);
  fake.state = 'paper-out';
  await page.locator('[data-condition=out]').waitFor();
  await page.locator('[data-action=test-page]').click();
  await page.getByTestId('tested').getByText('out of paper').waitFor();
  expect(faults).toEqual([]);
  for (const language of ['id', 'az', 'ru']) {
    for (const [shape, size] of Object.entries({ wide: sizes.counter, narrow: sizes.beside })) {
      const other = await open('printers', language, size);
      await other.page.locator('[data-thing=door] .head').click();
      await other.page.locator('[data-condition=out]').waitFor();
      await look(other.page, `edit-${language}-printer-${shape}`);
      await other.context.close();
    }
  }
  fake.state = 'ready';
});

test('[PAPER-10] a printer at the kiosks’ own USB is set up without an address; its state is what kiosks say, and staff see why they cannot print there', async () => {
  const { page, faults } = await open('printers');
  await page.locator('[name=new-id]').fill('own');
  await page.locator('[name=new-id]').press('Enter');
  await page.locator('[name=address]').fill('127.0.0.1');
  await page.locator('[name=place]').selectOption('kiosk');
  await page.getByText('hold the name of the hall').waitFor();
  expect(await page.locator('[name=address]').count()).toBe(0);
  await preview(page);
  await apply(page);
  await page.locator('[data-thing=own] .head').click();
  await page.locator('[data-condition=untold]').waitFor();
  expect(await page.locator('[data-action=test-page]').count()).toBe(0);
  await look(page, 'edit-en-printer-usb');
  await page.context().close();
  for (const language of ['id', 'az', 'ru']) {
    const other = await open('printers', language, sizes.beside);
    await other.page.locator('[data-thing=own] .head').click();
    await other.page.locator('[data-condition=untold]').waitFor();
    await look(other.page, `edit-${language}-printer-usb-narrow`);
    await other.context.close();
  }
  expect(faults).toEqual([]);
});

test('[PAPER-9] [PAPER-3] the page of devices gives a kiosk its printer; an agent prints a visitor’s ticket again where they choose', async () => {
  const { device } = await letIn(hall.address, hall.branchId, hall.manager.headers, {
    kind: 'kiosk',
    name: 'Kios timur',
  });
  await hall.sql`update device set seen_at = now() where id = ${device.id}`;
  const devices = await openPage(browser, `${hall.address}/devices?lang=en`, sizes.counter);
  await signInOnPage(devices.page, 'manager', hall.managerPassword);
  await devices.page.locator('[data-action=change-device]').click();
  await devices.page.locator('[name=printer]').selectOption('spare');
  await lookAll(devices.page, 'devices-en-change');
  await devices.page.locator('[data-action=save-device]').click();
  await devices.page.getByText(`Prints at: ${long.en}`).waitFor();
  await lookAll(devices.page, 'devices-en-printer');

  const counter = counters.find(({ serves }) => serves.agencies)!;
  const service = shipped.services.find(({ agency }) => counter.serves.agencies?.includes(agency))!;
  const { body } = await hall.manager.post('/tickets', { serviceId: service.id });
  const ticket = body.ticket as { id: string; number: string };
  out.length = 0;
  expect((await hall.manager.post(`/tickets/${ticket.id}/print`, { printerId: 'desk' })).status).toBe(200);
  const password = await hall.hire('rina', 'Rina');
  for (const [language, size] of [
    ['id', sizes.counter],
    ['ru', sizes.beside],
  ] as const) {
    const desk = await openPage(browser, `${hall.address}/counter?branch=${hall.branchId}&lang=${language}`, size);
    await signInOnPage(desk.page, 'rina', password);
    if (language === 'id') {
      await desk.page.locator(`[data-counter="${counter.number}"]`).first().click();
      await desk.page.locator('[data-action=main]').click();
    }
    await desk.page.locator('[data-action=print-again]').click();
    expect(await desk.page.locator('[data-printer=own]').isDisabled()).toBe(true);
    await desk.page.locator('[data-printer=desk]').click();
    await desk.page.getByTestId('print-result').getByText(ticket.number).waitFor();
    await lookAll(desk.page, `console-${language}-print-again`);
    await desk.page.locator('[data-printer=spare]').click();
    await eventually(() => desk.page.getByTestId('print-result').getAttribute('class')).toContain('bad');
    await desk.context.close();
  }
  expect(out).toHaveLength(3);
  expect(out[1]!.height).toBeGreaterThan(out[0]!.height);
});

test('[PAPER-11] a manager prints the ticket of whoever lost the paper, found by its number, from the hall overview', async () => {
  const service = shipped.services[0]!;
  const { body } = await hall.manager.post('/tickets', { serviceId: service.id });
  const { id, number } = body.ticket as { id: string; number: string };
  expect((await hall.manager.post(`/tickets/${id}/print`, { printerId: 'desk' })).status).toBe(200);
  out.length = 0;
  for (const [language, size] of [
    ['en', sizes.counter],
    ['ru', sizes.beside],
  ] as const) {
    const { page, context } = await openPage(
      browser,
      `${hall.address}/manager?branch=${hall.branchId}&lang=${language}`,
      size,
    );
    await signInOnPage(page, 'manager', hall.managerPassword);
    await page.locator('[data-action=find-ticket]').click();
    await page.locator('[name=number]').fill('z 99999');
    await page.locator('[data-action=find-number]').click();
    await page.getByTestId('not-found').getByText(/\S/).waitFor();
    await lookAll(page, `manager-${language}-find-ticket`);
    // As people type it: small letters, and no zeros in front.
    await page.locator('[name=number]').fill(number.toLowerCase().replace(/0+(?=\d)/, ''));
    await page.locator('[data-action=find-number]').click();
    await page.locator('[data-act=print]').click();
    await page.locator('[data-printer=desk]').click();
    await page.getByTestId('print-result').getByText(number).waitFor();
    await lookAll(page, `manager-${language}-print-again`);
    await context.close();
  }
  expect(out).toHaveLength(2);
  const noted = await hall.sql`
    select after from audit_entry where action = 'ticket.printed' and subject = ${number} order by seq desc limit 1`;
  expect(noted).toMatchObject([{ after: { printerId: 'desk', isCopy: true, outcome: 'printed' } }]);
}, 60_000);
