import { randomUUID } from 'node:crypto';
import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { FakePrinter } from '@antrean/server/print/fake-printer.ts';
import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import { exportBlueprint } from '@antrean/server/setup/export-blueprint.ts';

import { printerNetworks } from '@antrean/server/print/printer-networks.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { letIn } from '../harness/let-in.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { ask } from '../http/ask.ts';
import { codeOn } from './paper-scene.ts';

const out: Raster[] = [];
const fake = new FakePrinter((ticket) => out.push(ticket));
const atDesk: Raster[] = [];
const desk = new FakePrinter((ticket) => atDesk.push(ticket));
let hall: TestHall;
let manager: Api;
let kiosk: Api;
let kioskId: string;
beforeAll(async () => {
  const port = await fake.listen(0);
  const printers = [
    { id: 'door', name: { en: 'At the door', id: 'Pintu' }, address: '127.0.0.1', port },
    { id: 'desk', address: '127.0.0.1', port: await desk.listen(0), paper: 58 as const },
    { id: 'far', address: '127.0.0.2', port },
  ];
  hall = await startTestHall({ blueprint: { ...plainHall, printers }, allowsPrinter: printerNetworks('127.0.0.1') });
  manager = hall.managers[0]!;
  const { cookie, device } = await letIn(manager.address, hall.branchId, manager.headers, { kind: 'kiosk' });
  kioskId = device.id;
  kiosk = apiOf(manager.address, hall.branchId, { cookie });
  expect((await manager.post('/day/open')).status).toBe(200);
});
afterAll(async () => {
  await hall?.stop();
  await Promise.all([fake.close(), desk.close()]);
});
beforeEach(() => {
  out.length = atDesk.length = 0;
  fake.state = 'ready';
});

const issue = async (): Promise<{ id: string; number: string; link: string }> => {
  const { body } = await manager.post('/tickets', { serviceId: 'S-0' });
  return { ...(body.ticket as { id: string; number: string }), link: String(body.link) };
};

test('[PAPER-3] a kiosk prints a ticket once however often it asks under one id, and its code opens the page', async () => {
  const { id, link } = await issue();
  const commandId = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => kiosk.post(`/tickets/${id}/print`, { commandId })));
  const later = await kiosk.post(`/tickets/${id}/print`, { commandId: commandId.toUpperCase() });
  for (const answer of [...answers, later]) {
    expect(answer).toMatchObject({ status: 200, body: { isCopy: false, paper: 'ok' } });
  }
  expect(out).toHaveLength(1);
  expect(codeOn(out[0]!)).toBe(`${manager.address}/v/${link}`);
});

test('[PAPER-3] what staff print again is a copy, and the trail tells it', async () => {
  const { id, number } = await issue();
  await kiosk.post(`/tickets/${id}/print`);
  expect((await manager.post(`/tickets/${id}/print`)).body).toMatchObject({ isCopy: true });
  expect(out).toHaveLength(2);
  expect(out[1]!.height).toBeGreaterThan(out[0]!.height);
  const entries = await hall.sql`select subject, by, after from audit_entry where action = 'ticket.printed'`;
  expect(entries).toMatchObject([{ subject: number, by: 'manager', after: { isCopy: true, outcome: 'printed' } }]);
});

test('[PAPER-4] [REFUSE-1] a printer that cannot print is told in four languages; what did not come out is no copy later', async () => {
  const { id } = await issue();
  const sentences = new Set<string>();
  fake.state = 'paper-out';
  for (const language of ['en', 'id', 'az', 'ru']) {
    const asked = apiOf(kiosk.address, hall.branchId, { ...kiosk.headers, 'accept-language': language });
    const { status, body } = await asked.post(`/tickets/${id}/print`);
    expect([status, body.code]).toEqual([409, 'PRINTER_PAPER_OUT']);
    sentences.add(String(body.message));
  }
  expect(sentences.size).toBe(4);
  fake.state = 'ready';
  expect((await kiosk.post(`/tickets/${id}/print`)).body).toMatchObject({ isCopy: false });
});

test('[PAPER-3] one that fell silent may have come out: the next is a copy', async () => {
  const { id } = await issue();
  fake.state = 'cut';
  expect((await kiosk.post(`/tickets/${id}/print`)).body).toMatchObject({ code: 'PRINTER_UNSURE' });
  fake.state = 'ready';
  expect((await kiosk.post(`/tickets/${id}/print`)).body).toMatchObject({ isCopy: true });
});

test('[PAPER-5] a hall without a printer says so; a request can name none', async () => {
  const { id } = await issue();
  expect((await manager.post(`/tickets/${id}/print`, { host: '127.0.0.1' })).status).toBe(400);
  const bare = await startTestHall();
  await bare.managers[0]!.post('/day/open');
  const { body } = await bare.managers[0]!.post('/tickets', { serviceId: 'S-0' });
  const refused = await bare.managers[0]!.post(`/tickets/${(body.ticket as { id: string }).id}/print`);
  expect([refused.status, refused.body.code]).toEqual([409, 'PRINTER_NONE']);
  await bare.stop();
});

test('[PAPER-1] whoever has the link gets the picture of the ticket, for each roll', async () => {
  const { link } = await issue();
  for (const [width, dots] of [
    [80, 576],
    [58, 384],
  ]) {
    const answer = await fetch(`${manager.address}/v1/visits/${link}/paper?width=${width}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    const png = Buffer.from(await answer.arrayBuffer());
    // Width in the first chunk of a PNG.
    expect(png.readUInt32BE(16)).toBe(dots);
  }
});

test('[PAPER-9] a kiosk prints at the printer that was chosen for it, from then on, and at no other when that is gone', async () => {
  const { id } = await issue();
  const choose = (printerId: string | null) =>
    ask(`${manager.address}/v1/branches/${hall.branchId}/devices/${kioskId}`, 'POST', {
      headers: manager.headers,
      body: { printerId },
    });
  expect((await choose('nowhere')).body?.code).toBe('PRINTER_UNKNOWN');
  expect((await choose('desk')).body).toMatchObject({ printerId: 'desk', name: 'kiosk at the door' });
  await kiosk.post(`/tickets/${id}/print`, { printerId: 'door' });
  expect([out.length, atDesk.map(({ width }) => width)]).toEqual([0, [384]]);
  await hall.sql`update device set printer_id = 'gone' where id = ${kioskId}`;
  await waitUntil(
    'the kiosk has no printer',
    async () => (await kiosk.post(`/tickets/${id}/print`)).body.code === 'PRINTER_NONE',
  );
  expect(await choose(null)).toMatchObject({ status: 200, body: { printerId: null } });
  await kiosk.post(`/tickets/${id}/print`);
  expect(out).toHaveLength(1);
});

test('[PAPER-5] [PAPER-9] staff print at the printer they choose; at an address that is not allowed nothing is sent', async () => {
  const { id } = await issue();
  expect((await manager.post(`/tickets/${id}/print`, { printerId: 'desk' })).status).toBe(200);
  expect([out.length, atDesk.length]).toEqual([0, 1]);
  const far = await manager.post(`/tickets/${id}/print`, { printerId: 'far' });
  expect([far.status, far.body.code]).toEqual([409, 'PRINTER_NOT_ALLOWED']);
  expect((await manager.post(`/tickets/${id}/print`, { printerId: 'none' })).body.code).toBe('PRINTER_NONE');
});

test('[PAPER-8] the printers of the hall and how they are; a test page says honestly what came of it', async () => {
  const { body } = await manager.get('/printers');
  expect(body.printers).toMatchObject([
    { id: 'door', name: { en: 'At the door' }, paper: 80, condition: 'ready' },
    { id: 'desk', name: null, paper: 58, condition: 'ready' },
    { id: 'far', condition: 'not-allowed' },
  ]);
  expect(JSON.stringify(body)).not.toContain('127.0.0');
  expect(await manager.post('/printers/door/test')).toMatchObject({ status: 200, body: { paper: 'ok' } });
  expect(out).toHaveLength(1);
  expect(codeOn(out[0]!)).toBe(`${manager.address}/`);
  fake.state = 'cover-open';
  expect((await manager.post('/printers/door/test')).body.code).toBe('PRINTER_COVER_OPEN');
  expect((await manager.get('/printers')).body.printers).toMatchObject([{ condition: 'cover' }, {}, {}]);
  expect((await manager.post('/printers/none/test')).body.code).toBe('PRINTER_UNKNOWN');
  const entries = await hall.sql`select subject, after from audit_entry where action = 'printer.tested' order by seq`;
  expect(entries).toEqual([
    { subject: 'door', after: { outcome: 'printed' } },
    { subject: 'door', after: { outcome: 'PRINTER_COVER_OPEN' } },
  ]);
});

test('[PAPER-5] a printer that is moved in the set-up is found at its new place, without a restart', async () => {
  const { id } = await issue();
  const { printers } = (await exportBlueprint(hall.sql, hall.branchId))!.blueprint;
  await applyBlueprint(hall.sql, {
    ...plainHall,
    printers: printers!.toReversed().filter(({ id: each }) => each !== 'far'),
  });
  await waitUntil(
    'the set-up is the new one',
    async () => ((await manager.get('/printers')).body.printers as object[]).length === 2,
  );
  await kiosk.post(`/tickets/${id}/print`);
  expect([out.length, atDesk.length]).toEqual([0, 1]);
});
