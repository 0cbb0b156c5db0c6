import { randomUUID } from 'node:crypto';
import type { Raster } from '@antrean/server/print/draw-ticket.ts';
import { FakePrinter } from '@antrean/server/print/fake-printer.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { letIn } from '../harness/let-in.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { codeOn } from './paper-scene.ts';

const out: Raster[] = [];
const fake = new FakePrinter((ticket) => out.push(ticket));
let hall: TestHall;
let manager: Api;
let kiosk: Api;
beforeAll(async () => {
  const port = await fake.listen(0);
  const printers = [{ branchId: plainHall.branch, area: null, host: '127.0.0.1', port, paper: 80 }] as const;
  hall = await startTestHall({ printers });
  manager = hall.managers[0]!;
  const { cookie } = await letIn(manager.address, hall.branchId, manager.headers, { kind: 'kiosk' });
  kiosk = apiOf(manager.address, hall.branchId, { cookie });
  expect((await manager.post('/day/open')).status).toBe(200);
});
afterAll(async () => {
  await hall?.stop();
  await fake.close();
});
beforeEach(() => {
  out.length = 0;
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
