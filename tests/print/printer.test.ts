import { createServer, type AddressInfo } from 'node:net';
import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { encodeTicket } from '@antrean/server/print/encode-ticket.ts';
import { FakePrinter, type FakeState } from '@antrean/server/print/fake-printer.ts';
import { PrinterQueue } from '@antrean/server/print/printer-queue.ts';
import { printerFor, readPrinters } from '@antrean/server/print/read-printers.ts';
import { sendToPrinter } from '@antrean/server/print/send-to-printer.ts';
import { ticketTexts } from '@antrean/server/print/ticket-texts.ts';
import { afterEach, expect, test } from 'vitest';
import { codeOn, longTicket, printer, shippedSetup } from './paper-scene.ts';

const setup = shippedSetup('mpp-banyuwangi');
const [service] = [...setup.services.keys()];
const raster = printer.draw(ticketTexts(longTicket(setup, service!, 'id')), 80);
const bytes = encodeTicket(raster);

const host = '127.0.0.1';
const open: { close: () => Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

const plugIn = async (): Promise<{ fake: FakePrinter; out: Raster[]; address: { host: string; port: number } }> => {
  const out: Raster[] = [];
  const fake = new FakePrinter((ticket) => out.push(ticket));
  open.push(fake);
  return { fake, out, address: { host, port: await fake.listen(0) } };
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
  expect(await sendToPrinter({ host, port }, bytes)).toEqual({ kind: 'failed', fault: 'PRINTER_NO_ANSWER' });
});

test('[PAPER-6] a hundred tickets for one slow printer come out in order, each once', async () => {
  const { fake, out, address } = await plugIn();
  fake.msPerTicket = 20;
  const queue = new PrinterQueue();
  const tickets = Array.from({ length: 100 }, (_, count) => {
    const dots = new Uint8Array(64 * 8);
    for (let bit = 0; bit < 8; bit++) dots[bit] = (count >> bit) & 1;
    return encodeTicket({ width: 64, height: 8, dots });
  });
  const outcomes = await Promise.all(tickets.map((ticket) => queue.print(address, ticket, 60_000)));
  expect(outcomes.filter(({ kind }) => kind === 'printed')).toHaveLength(100);
  const numbers = out.map(({ dots }) => [...dots.subarray(0, 8)].reduce((sum, bit, at) => sum + (bit << at), 0));
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, count) => count));
});

test('[PAPER-6] whoever would wait too long is told so, and it is not printed later', async () => {
  const { fake, out, address } = await plugIn();
  fake.msPerTicket = 300;
  const queue = new PrinterQueue();
  const first = queue.print(address, bytes, 1_000);
  const second = queue.print(address, bytes, 50);
  expect(await second).toEqual({ kind: 'failed', fault: 'PRINTER_BUSY' });
  expect(await first).toMatchObject({ kind: 'printed' });
  expect(await queue.print(address, bytes, 1_000)).toMatchObject({ kind: 'printed' });
  expect(out).toHaveLength(2);
});

test('[PAPER-5] printers are those that the setting names, by number; a kiosk has that of its area, else the hall’s', () => {
  const printers = readPrinters('mpp=10.0.0.5, mpp/East wing=10.0.0.6:9200@58,asan=[fd00::7]');
  expect(printerFor(printers, 'mpp', 'East wing')).toMatchObject({ host: '10.0.0.6', port: 9200, paper: 58 });
  expect(printerFor(printers, 'mpp', 'elsewhere')).toMatchObject({ host: '10.0.0.5', port: 9100, paper: 80 });
  expect(printerFor(printers, 'asan', null)).toMatchObject({ host: 'fd00::7' });
  expect(printerFor(printers, 'bus', null)).toBeUndefined();
  for (const wrong of [
    'mpp',
    'mpp=printer.local',
    'mpp=10.0.0.5:0',
    'mpp=10.0.0.5@70',
    'mpp=10.0.0.999',
    '=10.0.0.5',
  ]) {
    expect(() => readPrinters(wrong), wrong).toThrow(RangeError);
  }
});
