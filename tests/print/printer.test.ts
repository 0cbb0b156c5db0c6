import { createServer, type AddressInfo } from 'node:net';
import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { encodeTicket } from '@antrean/server/print/encode-ticket.ts';
import { FakePrinter, type FakeState } from '@antrean/server/print/fake-printer.ts';
import { choosePrinter } from '@antrean/shared/domain/choose-printer.ts';
import { printerNetworks } from '@antrean/server/print/printer-networks.ts';
import { Printers } from '@antrean/server/print/printers.ts';
import type { PrinterAddress } from '@antrean/server/print/printer-line.ts';
import { sendToPrinter } from '@antrean/server/print/send-to-printer.ts';
import { ticketTexts } from '@antrean/server/print/ticket-texts.ts';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '../harness/wait-until.ts';
import { codeOn, longTicket, printer, shippedSetup } from './paper-scene.ts';

const setup = shippedSetup('mpp-banyuwangi');
const [service] = [...setup.services.keys()];
const raster = printer.draw(ticketTexts(longTicket(setup, service!, 'id')), 80);
const bytes = encodeTicket(raster);

const host = '127.0.0.1';
const open: { close: () => Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

const plugIn = async (): Promise<{ fake: FakePrinter; out: Raster[]; address: PrinterAddress }> => {
  const out: Raster[] = [];
  const fake = new FakePrinter((ticket) => out.push(ticket));
  open.push(fake);
  return { fake, out, address: { address: host, port: await fake.listen(0) } };
};

test('[PAPER-3] what comes out of the printer is, dot by dot, what was drawn', async () => {
  const { out, address } = await plugIn();
  expect(await sendToPrinter(address, bytes)).toEqual({ kind: 'printed', paper: 'ok' });
  expect(out).toHaveLength(1);
  expect(Buffer.compare(out[0]!.dots, raster.dots)).toBe(0);
  expect(codeOn(out[0]!)).toBe(longTicket(setup, service!, 'id').link);
});

test.each([
  ['paper-out', 'PRINTER_PAPER_OUT'],
  ['cover-open', 'PRINTER_COVER_OPEN'],
  ['silent', 'PRINTER_NO_ANSWER'],
  ['paper-ends', 'PRINTER_PAPER_OUT'],
  ['hangs', 'PRINTER_UNSURE'],
  ['cut', 'PRINTER_UNSURE'],
] as const)(
  '[PAPER-4] a printer that is %s: %s, in less than twelve seconds, and nothing comes out',
  async (state, fault) => {
    const { fake, out, address } = await plugIn();
    fake.state = state satisfies FakeState;
    const began = performance.now();
    expect(await sendToPrinter(address, bytes)).toEqual({ kind: 'failed', fault });
    expect(performance.now() - began).toBeLessThan(12_000);
    expect(out).toEqual([]);
  },
);

test('[PAPER-4] a printer that runs low prints and says so', async () => {
  const { fake, out, address } = await plugIn();
  fake.state = 'low';
  expect(await sendToPrinter(address, bytes)).toEqual({ kind: 'printed', paper: 'low' });
  expect(out).toHaveLength(1);
});

test('[PAPER-4] where nobody listens, or somebody who never answers, there is no answer', async () => {
  const server = createServer().listen(0, host);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(await sendToPrinter({ address: host, port }, bytes)).toEqual({ kind: 'failed', fault: 'PRINTER_NO_ANSWER' });
});

test('[PAPER-6] a hundred tickets for one slow printer come out in order, each once', async () => {
  const { fake, out, address } = await plugIn();
  fake.msPerTicket = 20;
  const printers = new Printers(() => true, Date.now);
  const tickets = Array.from({ length: 100 }, (_, count) => {
    const dots = new Uint8Array(64 * 8);
    for (let bit = 0; bit < 8; bit++) dots[bit] = (count >> bit) & 1;
    return encodeTicket({ width: 64, height: 8, dots });
  });
  const outcomes = await Promise.all(tickets.map((ticket) => printers.print(address, ticket, 60_000)));
  expect(outcomes.filter(({ kind }) => kind === 'printed')).toHaveLength(100);
  const numbers = out.map(({ dots }) => [...dots.subarray(0, 8)].reduce((sum, bit, at) => sum + (bit << at), 0));
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, count) => count));
});

test('[PAPER-6] whoever would wait too long is told so, and it is not printed later', async () => {
  const { fake, out, address } = await plugIn();
  fake.msPerTicket = 300;
  const printers = new Printers(() => true, Date.now);
  const first = printers.print(address, bytes, 1_000);
  const second = printers.print(address, bytes, 50);
  expect(await second).toEqual({ kind: 'failed', fault: 'PRINTER_BUSY' });
  expect(await first).toMatchObject({ kind: 'printed' });
  expect(await printers.print(address, bytes, 1_000)).toMatchObject({ kind: 'printed' });
  expect(out).toHaveLength(2);
});

test('[PAPER-5] printers may be in private networks, or where the setting says, and nowhere else', async () => {
  const usual = printerNetworks();
  for (const address of ['10.0.0.5', '172.31.255.1', '192.168.1.50', 'fd00::7', '::ffff:10.0.0.5']) {
    expect(usual(address), address).toBe(true);
  }
  const foreign = [
    '127.0.0.1',
    '::1',
    '0.0.0.0',
    '169.254.169.254',
    'fe80::1',
    '8.8.8.8',
    '::ffff:127.0.0.1',
    'localhost',
  ];
  for (const address of foreign) expect(usual(address), address).toBe(false);
  const own = printerNetworks('10.20.0.0/16, 127.0.0.1');
  expect([own('10.20.3.4'), own('127.0.0.1'), own('10.21.0.1'), own('127.0.0.2')]).toEqual([true, true, false, false]);
  for (const wrong of ['printer.local', '10.0.0.0/33', '10.0.0.5:9100', '']) {
    expect(() => printerNetworks(wrong), wrong).toThrow();
  }
  const { out, address } = await plugIn();
  const printers = new Printers(usual, Date.now);
  expect(await printers.print(address, bytes, 1_000)).toEqual({ kind: 'failed', fault: 'PRINTER_NOT_ALLOWED' });
  await printers.look([address]);
  expect(printers.how(address)?.condition).toBe('not-allowed');
  expect(out).toEqual([]);
});

test('[PAPER-8] how a printer is, and since when, is known from asking it and from what it printed', async () => {
  const { fake, address } = await plugIn();
  let now = 1_000_000;
  const printers = new Printers(
    () => true,
    () => now,
  );
  const how = async (): Promise<unknown> => {
    await printers.look([address]);
    return printers.how(address);
  };
  expect(printers.how(address)).toBeNull();
  expect(await how()).toMatchObject({ condition: 'ready', since: 1_000_000 });
  // Many who look at once, and soon after, ask it once.
  fake.state = 'cover-open';
  now += 1_000;
  expect(await how()).toMatchObject({ condition: 'ready' });
  now += 4_000;
  expect(await how()).toMatchObject({ condition: 'cover', since: 1_005_000 });
  now += 60_000;
  expect(await how()).toMatchObject({ condition: 'cover', since: 1_005_000 });
  fake.state = 'low';
  await printers.print(address, bytes, 1_000);
  expect(printers.how(address)).toMatchObject({ condition: 'low', since: 1_065_000 });
  fake.state = 'silent';
  now += 5_000;
  const began = performance.now();
  await how();
  expect(performance.now() - began).toBeLessThan(2_500);
  await waitUntil('it is known to be silent', () => printers.how(address)?.condition === 'silent');
});

test('[PAPER-9] a kiosk prints at its own printer, else at the first; one that is gone is no other', () => {
  const [door, desk] = ['door', 'desk'].map((id) => ({ id, address: '10.0.0.5', port: 9_100, paper: 80 }) as const);
  const hall = { printers: new Map([door!, desk!].map((each) => [each.id, each])) };
  expect(choosePrinter(hall, null)).toBe(door);
  expect(choosePrinter(hall, 'desk')).toBe(desk);
  expect(choosePrinter(hall, 'gone')).toBeUndefined();
  expect(choosePrinter({ printers: new Map() }, null)).toBeUndefined();
});
