import { randomUUID } from 'node:crypto';
import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { FakePrinter } from '@antrean/server/print/fake-printer.ts';
import { FakeRoll } from '@antrean/server/print/fake-roll.ts';
import { printerNetworks } from '@antrean/server/print/printer-networks.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { letIn } from '../harness/let-in.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ask } from '../http/ask.ts';
import { codeOn } from './paper-scene.ts';

const inNetwork: Raster[] = [];
const fake = new FakePrinter((ticket) => inNetwork.push(ticket));
let hall: TestHall;
let manager: Api;
let kiosk: Api;
let other: Api;
let kioskId: string;
beforeAll(async () => {
  const printers = [
    { id: 'own', address: 'usb', paper: 58 as const },
    { id: 'desk', address: '127.0.0.1', port: await fake.listen(0) },
  ];
  hall = await startTestHall({ blueprint: { ...plainHall, printers }, allowsPrinter: printerNetworks('127.0.0.1') });
  manager = hall.managers[0]!;
  const [one, two] = await Promise.all(
    [1, 2].map((at) => letIn(manager.address, hall.branchId, manager.headers, { kind: 'kiosk', name: `kiosk ${at}` })),
  );
  kioskId = one!.device.id;
  kiosk = apiOf(manager.address, hall.branchId, { cookie: one!.cookie });
  other = apiOf(manager.address, hall.branchId, { cookie: two!.cookie });
  expect((await manager.post('/day/open')).status).toBe(200);
});
afterAll(async () => {
  await hall?.stop();
  await fake.close();
});

const take = async (at: Api = kiosk): Promise<{ id: string; link: string }> => {
  const { body } = await at.post('/tickets', { serviceId: 'S-0' });
  return { id: (body.ticket as { id: string }).id, link: String(body.link) };
};
type Taken = Awaited<ReturnType<typeof take>>;
const paper = ({ id, link }: Taken, commandId: string = randomUUID()) =>
  kiosk.post(`/tickets/${id}/paper`, { commandId, link });
const tell = ({ id, link }: Taken, commandId: string, cameOut: string) =>
  kiosk.post(`/tickets/${id}/paper/told`, { commandId, link, cameOut });
const ticketIn = (bytes: unknown): Raster => {
  const [cut] = new FakeRoll().take(Buffer.from(String(bytes), 'base64'));
  if (cut?.kind !== 'cut') throw new Error('no ticket is cut off');
  return cut.ticket;
};

test('[PAPER-10] a kiosk is given the paper of its own ticket, the same for the same request, as wide as its roll', async () => {
  const ticket = await take();
  const commandId = randomUUID();
  const answers = [await paper(ticket, commandId), await paper(ticket, commandId.toUpperCase())];
  for (const { status, body } of answers) {
    expect([status, body.isCopy]).toEqual([200, false]);
    const printed = ticketIn(body.bytes);
    expect([printed.width, codeOn(printed)]).toEqual([384, `${manager.address}/v/${ticket.link}`]);
  }
  expect(await tell(ticket, commandId, 'yes')).toMatchObject({ status: 200, body: { commandId } });
  expect((await paper(ticket, commandId)).body.code).toBe('PRINTER_UNSURE');
});

test('[PAPER-10] [PAPER-3] after one that came out, or may have, comes a copy; what surely did not counts for nothing', async () => {
  const ticket = await take();
  const first = randomUUID();
  await paper(ticket, first);
  await tell(ticket, first, 'no');
  const second = randomUUID();
  const plain = await paper(ticket, second);
  expect(plain.body.isCopy).toBe(false);
  await tell(ticket, second, 'unsure');
  const copy = await paper(ticket);
  expect(copy.body.isCopy).toBe(true);
  expect(ticketIn(copy.body.bytes).height).toBeGreaterThan(ticketIn(plain.body.bytes).height);
  // At whatever printer: staff print a copy, too.
  expect((await manager.post(`/tickets/${ticket.id}/print`, { printerId: 'desk' })).body.isCopy).toBe(true);
  expect(inNetwork).toHaveLength(1);
});

test('[PAPER-10] nobody is given the paper of a ticket whose link they do not know, and staff are given none', async () => {
  const ticket = await take();
  const another = await take(other);
  const strange = { ...ticket, link: another.link };
  const nowhere = { ...ticket, id: randomUUID() };
  for (const answer of [await paper(strange), await paper({ ...ticket, link: 'none' }), await paper(nowhere)]) {
    expect([answer.status, answer.body.code]).toEqual([404, 'TICKET_UNKNOWN']);
  }
  expect((await tell(strange, randomUUID(), 'no')).status).toBe(404);
  expect((await kiosk.post(`/tickets/${ticket.id}/paper`)).status).toBe(400);
  expect((await manager.post(`/tickets/${ticket.id}/paper`, { link: ticket.link })).status).toBe(403);
  expect((await paper(ticket)).body.isCopy).toBe(false);
});

test('[PAPER-10] [REFUSE-1] the server prints nothing there: the print, a print of staff and a test page are refused with the reason', async () => {
  const { id } = await take();
  const sentences = new Set<unknown>();
  for (const language of ['en', 'id', 'az', 'ru']) {
    const asked = apiOf(kiosk.address, hall.branchId, { ...kiosk.headers, 'accept-language': language });
    const { status, body } = await asked.post(`/tickets/${id}/print`);
    expect([status, body.code]).toEqual([409, 'PRINTER_AT_KIOSK']);
    sentences.add(body.message);
  }
  expect(sentences.size).toBe(4);
  expect((await manager.post(`/tickets/${id}/print`, { printerId: 'own' })).body.code).toBe('PRINTER_AT_KIOSK');
  expect((await manager.post('/printers/own/test')).body.code).toBe('PRINTER_AT_KIOSK');
});

test('[PAPER-10] a kiosk learns from its own report where it prints; the list of printers says the worst that kiosks say', async () => {
  const report = async (at: Api, said: string) =>
    ask(`${manager.address}/v1/device/health`, 'POST', {
      headers: at.headers,
      body: { version: 6, width: 1080, height: 1920, sound: 'none', paper: said },
    });
  const first = async () => ((await manager.get('/printers')).body.printers as object[])[0];
  expect(await first()).toMatchObject({ id: 'own', atKiosk: true, condition: 'untold', since: null });
  expect((await report(kiosk, 'ok')).body).toMatchObject({ printsByUsb: true });
  expect(await first()).toMatchObject({ condition: 'ready' });
  await report(other, 'out');
  expect(await first()).toMatchObject({ condition: 'out' });
  const choose = (printerId: string | null) =>
    ask(`${manager.address}/v1/branches/${hall.branchId}/devices/${kioskId}`, 'POST', {
      headers: manager.headers,
      body: { printerId },
    });
  await choose('desk');
  expect((await report(kiosk, 'missing')).body).toMatchObject({ printsByUsb: false });
  expect(await first()).toMatchObject({ condition: 'out' });
  expect((await paper(await take())).body.code).toBe('PRINTER_NONE');
  await choose(null);
  expect((await report(kiosk, 'missing')).body).toMatchObject({ printsByUsb: true });
  expect(await first()).toMatchObject({ condition: 'missing' });
});
