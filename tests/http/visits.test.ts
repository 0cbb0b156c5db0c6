import { randomBytes, randomUUID } from 'node:crypto';
import { Seal } from '@antrean/server/access/seal.ts';
import { startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { VisitLinks } from '@antrean/server/visitors/visit-links.ts';
import type { TicketId } from '@antrean/shared/domain/ids.ts';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import { VisitView } from '@antrean/shared/protocol/visitors.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { ask, expectProblem } from './ask.ts';

let hall: TestHall;
let manager: Api;
let visitor: Api;

beforeAll(async () => {
  hall = await startTestHall({
    nodeCount: 2,
    blueprint: {
      ...plainHall,
      languages: ['en', 'id'],
      rules: {
        ...plainHall.rules,
        rejoin: { withinMinutes: 10, times: 2, late: 'end-of-line' },
        moreTime: { minutes: 10, times: 1 },
      },
    },
  });
  manager = hall.managers[0]!;
  visitor = hall.visitors[0]!;
});
afterAll(() => hall?.stop());

beforeEach(async () => {
  await manager.post('/day/close');
  await openHall(manager, 1);
});

interface Issued {
  readonly link: string;
  readonly ticket: { readonly id: string; readonly number: string };
}
const issue = async (body: object = {}, api = visitor): Promise<Issued> => {
  const answer = await api.post('/tickets', { serviceId: 'S-0', ...body });
  expect(answer.status).toBe(201);
  return answer.body as unknown as Issued;
};

const at = (path: string, node = 0): string => `${hall.visitors[node]!.address}/v1/visits/${path}`;
const show = (link: string, node = 0) => ask(at(link, node), 'GET');
const act = (link: string, name: string, body: object = { commandId: randomUUID() }) =>
  ask(at(`${link}/${name}`), 'POST', { body });

test('[LINK-1] whoever has the link sees the own place, at any node, and nothing of anybody else', async () => {
  const other = await issue();
  const { link, ticket } = await issue({ language: 'id' });
  expect(link).toMatch(/^[A-Za-z0-9_-]{22}$/);
  for (const node of [0, 1]) {
    const shown = await show(link, node);
    expect(shown).toMatchObject({
      status: 200,
      body: { number: ticket.number, status: 'waiting', ahead: 1, language: 'id' },
    });
    expect(Value.Check(VisitView, shown.body)).toBe(true);
    expect(shown.text).not.toContain(other.ticket.number);
    expect(shown.text).not.toContain(ticket.id);
  }
  await manager.post('/counters/C-1/call-next');
  await manager.post('/counters/C-1/call-next');
  expect((await show(link)).body).toMatchObject({ status: 'called', counter: { number: 1 } });
});

test('[LINK-1] leaving and coming back are sent by POST alone, each once however often it is sent', async () => {
  const { link } = await issue();
  for (const name of ['cancel', 'take-back', 'rejoin', 'postpone', 'return']) {
    expect((await ask(at(`${link}/${name}`), 'GET')).status).toBe(405);
    expect((await fetch(at(`${link}/${name}`), { method: 'HEAD' })).status).toBe(405);
  }
  await manager.post('/counters/C-1/call-next');
  await manager.post('/counters/C-1/miss');
  expect((await show(link)).body).toMatchObject({ status: 'missed', mayRejoin: true, mayLeave: true });
  const rejoin = { commandId: randomUUID() };
  const first = await act(link, 'rejoin', rejoin);
  expect(first).toMatchObject({ status: 200, body: { ticket: { status: 'waiting' } } });
  expect((await act(link, 'rejoin', rejoin)).body).toEqual(first.body);
  expect((await act(link, 'cancel')).body).toMatchObject({ ticket: { status: 'cancelled' } });
  expect((await show(link)).body).toMatchObject({ status: 'cancelled', mayLeave: false, mayRejoin: false });
  expectProblem(await act(link, 'cancel'), 409, 'ACTION_NOT_ALLOWED');
  const [event] =
    await hall.sql`select actor from ticket_event where type = 'ticket.cancelled' order by version desc limit 1`;
  expect(event?.['actor']).toEqual({ kind: 'visitor' });
});

test('[UNDO-2] who left takes it back by the link, at any node, and once', async () => {
  const other = await issue();
  const { link, ticket } = await issue();
  await issue();
  expect((await show(link)).body).not.toHaveProperty('takeBackMs');
  expectProblem(await act(link, 'take-back'), 409, 'NOT_LEFT');
  expect((await act(link, 'cancel')).status).toBe(200);
  const left = await show(link);
  expect(left.body).toMatchObject({ status: 'cancelled', mayLeave: false });
  const { takeBackMs } = left.body as { takeBackMs: number };
  expect(takeBackMs > 0 && takeBackMs <= 10_000).toBe(true);
  expect(Value.Check(VisitView, left.body)).toBe(true);
  const body = { commandId: randomUUID() };
  const back = await ask(at(`${link}/take-back`, 1), 'POST', { body });
  expect(back).toMatchObject({ status: 200, body: { ticket: { number: ticket.number, status: 'waiting' } } });
  expect((await act(link, 'take-back', body)).body).toEqual(back.body);
  expectProblem(await act(link, 'take-back'), 409, 'NOT_LEFT');
  expect((await show(link, 1)).body).toMatchObject({ status: 'waiting', ahead: 1 });
  await waitUntil('the other node has heard', async () => (await show(link)).body?.['status'] === 'waiting');
  // What the staff ended is not the visitor's to take back.
  await manager.post(`/tickets/${other.ticket.id}/cancel`);
  const withdrawn = await show(other.link);
  expect(withdrawn.body).toMatchObject({ status: 'withdrawn', mayLeave: false });
  expect(withdrawn.body).not.toHaveProperty('takeBackMs');
  expectProblem(await act(other.link, 'take-back'), 409, 'ACTION_NOT_ALLOWED');
});

test('[MORE-1] [MORE-2] who needs more time lets others go first by the link, is ready, and has used it up', async () => {
  const { link, ticket } = await issue();
  const other = await issue();
  expect((await show(link)).body).toMatchObject({ moreTime: { minutes: 10, left: 1 } });
  expectProblem(await act(link, 'return'), 409, 'ACTION_NOT_ALLOWED');
  const body = { commandId: randomUUID() };
  const held = await act(link, 'postpone', body);
  expect(held).toMatchObject({ status: 200, body: { ticket: { number: ticket.number, status: 'held' } } });
  expect((await act(link, 'postpone', body)).body).toEqual(held.body);
  const { until } = (held.body as { ticket: { until: number } }).ticket;
  await waitUntil('the other node has heard', async () => (await show(link, 1)).body?.['status'] === 'held');
  const shown = (await show(link, 1)).body;
  expect(shown).toMatchObject({ status: 'held', postponedUntil: until, mayLeave: true });
  expect(shown).not.toHaveProperty('moreTime');
  expect(Value.Check(VisitView, shown)).toBe(true);
  expect((await manager.post('/counters/C-1/call-next')).body).toMatchObject({ ticket: { id: other.ticket.id } });
  expectProblem(await act(other.link, 'postpone'), 409, 'ALREADY_CALLED');
  expect((await act(link, 'return')).body).toMatchObject({ ticket: { status: 'waiting' } });
  const back = (await show(link)).body;
  expect(back).toMatchObject({ status: 'waiting', moreTime: { minutes: 10, left: 0 } });
  expect(back).not.toHaveProperty('postponedUntil');
  expectProblem(await act(link, 'postpone'), 409, 'MORE_TIME_USED_UP');
  // What the staff hold is theirs to bring back, and the page does not say that its visitor wished it.
  await manager.post(`/tickets/${ticket.id}/hold`, { reason: 'form', minutes: 5 });
  expect((await show(link)).body).not.toHaveProperty('postponedUntil');
  expectProblem(await act(link, 'return'), 409, 'ACTION_NOT_ALLOWED');
  const [event] = await hall.sql`select actor, data from ticket_event
    where type = 'ticket.held' and data->>'byVisitor' = 'true' order by version desc limit 1`;
  expect(event).toMatchObject({ actor: { kind: 'visitor' }, data: { number: ticket.number, until } });
});

test('[LINK-2] the id of a ticket, which screens and staff see, opens nothing and brings nobody its link', async () => {
  const { link, ticket } = await issue();
  await manager.post('/counters/C-1/call-next');
  const board = JSON.stringify((await visitor.get('/board')).body);
  expect(board).toContain(ticket.id);
  expect(board).not.toContain(link);
  for (const name of ['', '/cancel', '/rejoin']) {
    const path = `/tickets/${ticket.id}${name}`;
    const answer = name === '' ? await visitor.get(path) : await visitor.post(path);
    expect(answer, path).toMatchObject({ status: 401, body: { code: 'SIGN_IN_NEEDED' } });
  }
  // Asked for once more under the id that everybody sees: another ticket, and another link.
  const again = await issue({ commandId: ticket.id });
  expect(again.ticket.id).not.toBe(ticket.id);
  expect(again.link).not.toBe(link);
  // A visitor's own command under that id does not get the answer of the issuing either.
  const mine = await act(again.link, 'cancel', { commandId: ticket.id });
  expect(mine.body).toMatchObject({ ticket: { id: again.ticket.id, status: 'cancelled' } });
});

test('[LINK-2] [SAME-1] the sender gets the same link each time, from every node and after the nodes began anew', async () => {
  const commandId = randomUUID();
  const first = await issue({ commandId });
  expect(await issue({ commandId: commandId.toUpperCase() }, hall.visitors[1]!)).toEqual(first);
  const node = await startNode({
    databaseUrl: hall.databaseUrl,
    redisUrl: hall.redis.url,
    host: '127.0.0.1',
    port: 0,
    seal: new Seal([randomBytes(32), Buffer.from('a key for tests, of thirty-two B')]),
    log: createLog('fatal'),
    servesScreens: false,
  });
  try {
    // That node has a newer key, and the older one still: links of before open.
    expect((await ask(`${node.address}/v1/visits/${first.link}`, 'GET')).body).toMatchObject({
      number: first.ticket.number,
    });
  } finally {
    await node.close();
  }
});

test('[LINK-2] a link follows from the key alone: other keys and other ids bring others, and only whole ones are read', () => {
  const keys = [randomBytes(32), randomBytes(32)];
  const links = new VisitLinks(new Seal(keys));
  const id = randomUUID() as string as TicketId;
  const link = links.tokenOf(id);
  expect(links.ticketsOf(link)[0]).toBe(id);
  expect(links.tokenOf(randomUUID() as string as TicketId)).not.toBe(link);
  expect(new VisitLinks(new Seal([randomBytes(32)])).tokenOf(id)).not.toBe(link);
  expect(new VisitLinks(new Seal(keys.toReversed())).ticketsOf(link)).toContain(id);
  // Sixteen spellings decode to the same bytes: one is the link.
  for (const last of 'BCDEFhijklRSxyz') expect(links.ticketsOf(link.slice(0, -1) + last)).toEqual([]);
  for (const wrong of ['', link.slice(1), `${link}A`, `${link}%00`, id]) expect(links.ticketsOf(wrong)).toEqual([]);
});

test('[LINK-3] a link opens until a day after its business day; unknown, malformed and run out are answered alike', async () => {
  const own = await startTestHall();
  try {
    const [chief] = own.managers;
    const get = (link: string) => ask(`${chief!.address}/v1/visits/${link}`, 'GET');
    const cancel = (link: string) =>
      ask(`${chief!.address}/v1/visits/${link}/cancel`, 'POST', { body: { commandId: randomUUID() } });
    await chief!.post('/day/open');
    const { link, ticket } = await issue({}, own.visitors[0]);
    const { link: leftLink } = await issue({}, own.visitors[0]);
    expect((await cancel(leftLink)).status).toBe(200);
    await chief!.post('/day/close');
    // Whoever still waited did not leave.
    expect((await get(link)).body).toMatchObject({ number: ticket.number, status: 'over', mayLeave: false });
    expect((await get(leftLink)).body).toMatchObject({ status: 'cancelled', mayLeave: false });
    // The day after has forgotten the ticket, and the ledger has not.
    const date = businessDate(Date.now() + 24 * 3_600_000, plainHall.zone, plainHall.dayStartsAt);
    expect((await chief!.post('/day/open', { date })).status).toBe(200);
    expect((await get(link)).body).toMatchObject({ number: ticket.number, status: 'over', mayLeave: false });
    expectProblem(await cancel(link), 409, 'ACTION_NOT_ALLOWED');
    const setBack = () => own.sql`update ticket_event set at = at - interval '1 day' where command_id = ${ticket.id}`;
    await setBack();
    expect((await get(link)).status).toBe(200);
    await setBack();
    const runOut = await get(link);
    expectProblem(runOut, 404, 'VISIT_UNKNOWN');
    for (const wrong of [randomBytes(16).toString('base64url'), 'short', '%20', 'x'.repeat(90), ticket.id]) {
      const answer = await get(wrong);
      expect([answer.status, answer.text], wrong).toEqual([404, runOut.text]);
      expect((await cancel(wrong)).text, wrong).toBe(runOut.text);
    }
  } finally {
    await own.stop();
  }
});

test(
  '[LINK-3] of 10,000 guessed links none opens anything, they are soon refused unseen, and who has a link is not',
  { timeout: 180_000 },
  async () => {
    const { link } = await issue();
    const statuses = new Map<number, number>();
    const guess = async (): Promise<void> => {
      const { status } = await show(randomBytes(16).toString('base64url'));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    const guesser = async (): Promise<void> => {
      for (let count = 0; count < 625; count++) await guess();
    };
    await Promise.all(Array.from({ length: 16 }, guesser));
    expect([...statuses.keys()].toSorted()).toEqual([404, 429]);
    expect(statuses.get(404)).toBe(60);
    const limited = await show(randomBytes(16).toString('base64url'));
    expectProblem(limited, 429, 'TOO_MANY_TRIES');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await show(link)).status).toBe(200);
  },
);
