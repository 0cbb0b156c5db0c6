import { randomUUID } from 'node:crypto';
import { issueIdOf } from '@antrean/server/hall/derive-command-id.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let manager: Api;
let visitor: Api;
let ani: Api;
let budi: Api;

beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  manager = hall.managers[0]!;
  visitor = hall.visitors[0]!;
  const { address } = hall.nodes[0]!;
  const agent = async (login: string): Promise<Api> =>
    apiOf(address, hall.branchId, {
      cookie: await signedIn(hall.sql, address, { login, role: 'agent', branchId: hall.branchId }),
    });
  [ani, budi] = await Promise.all([agent('ani'), agent('budi')]);
});
afterAll(() => hall?.stop());

/** Each test begins with a day that has just been opened: nobody waits, every counter is closed. */
beforeEach(async () => {
  await manager.post('/day/close');
  expect((await manager.post('/day/open')).status).toBe(200);
});

const issue = async (body: object = {}): Promise<{ id: string; number: string }> => {
  const { status, body: answer } = await visitor.post('/tickets', { serviceId: 'S-0', ...body });
  expect(status).toBe(201);
  return answer.ticket as { id: string; number: string };
};

const eventsOf = async (commandId: string): Promise<string[]> => {
  const rows = await hall.sql`select type from ticket_event where command_id = ${commandId} order by version`;
  return rows.map((row) => String(row.type));
};

const issuedAs = (commandId: string): string => issueIdOf(hall.branchId as BranchId, commandId as CommandId);

test('a visit from the ticket to the end, each answer as the schema says', async () => {
  const { id, number } = await issue({ priority: 'elderly', channel: 'kiosk', language: 'en' });
  expect((await manager.get(`/tickets/${id}`)).body).toMatchObject({ id, number, status: 'waiting', ahead: 0 });
  for (const [path, status, body] of [
    ['/counters/C-1/open', undefined, {}],
    ['/counters/C-1/call-next', 'called', {}],
    ['/counters/C-1/recall', 'called', {}],
    ['/counters/C-1/start', 'serving', {}],
    ['/counters/C-1/finish', 'done', { outcome: 'all papers given' }],
    ['/counters/C-1/pause', undefined, { reason: 'lunch' }],
    ['/counters/C-1/resume', undefined, {}],
    ['/counters/C-1/close', undefined, {}],
  ] as const) {
    const answer = await ani.post(path, body);
    expect(answer, path).toMatchObject({ status: 200 });
    expect(Value.Check(CommandAnswer, answer.body), path).toBe(true);
    if (status) expect(answer.body.ticket, path).toMatchObject({ id, number, status, counterId: 'C-1' });
    else expect(answer.body.ticket, path).toBeUndefined();
  }
  expect((await manager.get(`/tickets/${id}`)).body).toMatchObject({ status: 'done' });
});

test('a visitor who does not come is missed, one who goes home cancels, one is called out of turn', async () => {
  const [first, second, third] = [await issue(), await issue(), await issue()];
  await manager.post('/counters/C-1/open', { agentId: 'ani' });
  expect((await ani.post('/counters/C-1/call-next')).body.ticket).toMatchObject({ id: first.id });
  expect((await ani.post('/counters/C-1/miss')).body.ticket).toMatchObject({ id: first.id, status: 'missed' });
  expect((await manager.post(`/tickets/${second.id}/cancel`)).body.ticket).toMatchObject({ status: 'cancelled' });
  const called = await manager.post('/counters/C-1/call', { ticketId: third.id });
  expect(called.body.ticket).toMatchObject({
    id: third.id,
    status: 'called',
    why: { rule: expect.any(String), waitedMs: expect.any(Number) },
  });
});

test('call-next ends the visit before it where the hall wants that, and answers with both', async () => {
  const [first, second] = [await issue(), await issue()];
  await ani.post('/counters/C-1/open');
  await ani.post('/counters/C-1/call-next');
  expect((await ani.post('/counters/C-1/call-next')).body).toMatchObject({
    ticket: { id: second.id, status: 'called' },
    finished: { id: first.id, status: 'done' },
  });
});

test('[SAME-1] the same id twice: the same answer, one event', async () => {
  await ani.post('/counters/C-1/open');
  const commandId = randomUUID();
  const [first, second] = await Promise.all([
    visitor.post('/tickets', { commandId, serviceId: 'S-1' }),
    visitor.post('/tickets', { commandId, serviceId: 'S-1' }),
  ]);
  const later = await visitor.post('/tickets', { commandId, serviceId: 'S-1' });
  expect(second).toEqual(first);
  expect(later).toEqual(first);
  expect(await eventsOf(issuedAs(commandId))).toEqual(['ticket.issued']);
});

test('[SAME-1] the same id, now refused by the rules: still the first answer', async () => {
  const commandId = randomUUID();
  const first = await ani.post('/counters/C-1/open', { commandId });
  expect(first.status).toBe(200);
  expect((await ani.post('/counters/C-1/open')).body.code).toBe('COUNTER_ALREADY_OPEN');
  expect(await ani.post('/counters/C-1/open', { commandId })).toEqual(first);
  expect(await eventsOf(commandId)).toEqual(['counter.opened']);
});

test('[SAME-1] the same id in capital letters is the same id', async () => {
  const commandId = randomUUID();
  const first = await visitor.post('/tickets', { commandId, serviceId: 'S-0' });
  const second = await visitor.post('/tickets', { commandId: commandId.toUpperCase(), serviceId: 'S-0' });
  expect(second).toEqual(first);
  expect(await eventsOf(issuedAs(commandId))).toEqual(['ticket.issued']);
  const { id } = first.body.ticket as { id: string };
  expect((await manager.get(`/tickets/${id.toUpperCase()}`)).body).toMatchObject({ id });
  expect((await manager.post(`/tickets/${id.toUpperCase()}/cancel`)).body.ticket).toMatchObject({ id });
});

test('[SAME-1] the same id on another command: nothing new is done, the answer is the first one', async () => {
  const commandId = randomUUID();
  const first = await ani.post('/counters/C-1/open', { commandId });
  await issue();
  const calledWithIt = await ani.post('/counters/C-1/call-next', { commandId });
  expect(calledWithIt).toEqual({ status: 200, body: first.body });
  const closedWithIt = await manager.post('/day/close', { commandId });
  expect(closedWithIt).toEqual({ status: 200, body: first.body });
  expect(await eventsOf(commandId)).toEqual(['counter.opened']);
  expect((await ani.post('/counters/C-1/call-next')).body.ticket).toMatchObject({ status: 'called' });
});

test('[SAME-1] a refusal is not kept: the same id may succeed later', async () => {
  const commandId = randomUUID();
  expect((await ani.post('/counters/C-1/call-next', { commandId })).body.code).toBe('COUNTER_NOT_OPEN');
  await ani.post('/counters/C-1/open');
  await issue();
  expect((await ani.post('/counters/C-1/call-next', { commandId })).status).toBe(200);
});

test('a second open of an open counter, a second counter of one agent', async () => {
  await ani.post('/counters/C-1/open');
  expect(await budi.post('/counters/C-1/open')).toMatchObject({
    status: 409,
    body: { code: 'COUNTER_ALREADY_OPEN', details: { counterId: 'C-1', agentId: 'ani' } },
  });
  expect(await ani.post('/counters/C-2/open')).toMatchObject({
    status: 409,
    body: { code: 'AGENT_AT_OTHER_COUNTER', details: { counterId: 'C-1' } },
  });
});

test('[COUNTER-6] [SAME-1] a counter is taken over with its visitor; the same id twice takes it over once', async () => {
  const { id } = await issue();
  await ani.post('/counters/C-1/open');
  await ani.post('/counters/C-1/call-next');
  const commandId = randomUUID();
  const take = () => budi.post('/counters/C-1/open', { commandId, takeOverFrom: 'ani' });
  const [first, second] = await Promise.all([take(), take()]);
  expect(first.status).toBe(200);
  expect(second).toEqual(first);
  expect(await eventsOf(commandId)).toEqual(['counter.taken-over']);
  expect((await ani.post('/counters/C-1/start')).body.code).toBe('NOT_YOUR_COUNTER');
  expect((await budi.post('/counters/C-1/start')).body.ticket).toMatchObject({
    id,
    status: 'serving',
    counterId: 'C-1',
  });
  // Back again: a late repetition of the first take-over changes nothing.
  expect((await ani.post('/counters/C-1/open', { takeOverFrom: 'budi' })).status).toBe(200);
  expect(await take()).toEqual(first);
  expect((await ani.post('/counters/C-1/finish')).body.ticket).toMatchObject({ id, status: 'done' });
  const seats = await hall.sql`select counter_id, agent_id from counter_seat where agent_id is not null`;
  expect([...seats]).toEqual([{ counter_id: 'C-1', agent_id: 'ani' }]);
});

test('[COUNTER-9] an agent who moves has one seat, and moves once with the same id', async () => {
  await ani.post('/counters/C-1/open');
  const commandId = randomUUID();
  const move = () => ani.post('/counters/C-3/open', { commandId, moveFrom: 'C-1' });
  const [first, second] = await Promise.all([move(), move()]);
  expect(first.status).toBe(200);
  expect(second).toEqual(first);
  expect(await eventsOf(commandId)).toEqual(['counter.closed', 'counter.opened']);
  const seats = await hall.sql`select counter_id, agent_id from counter_seat where agent_id is not null`;
  expect([...seats]).toEqual([{ counter_id: 'C-3', agent_id: 'ani' }]);
});

test('[COUNTER-6] two agents at two nodes take the same counter over at once: one has it, the other is told who', async () => {
  await issue();
  await manager.post('/counters/C-1/open', { agentId: 'citra' });
  const called = await manager.post('/counters/C-1/call-next');
  const answers = await Promise.all([
    ani.post('/counters/C-1/open', { takeOverFrom: 'citra' }),
    apiOf(hall.nodes[1]!.address, hall.branchId, budi.headers).post('/counters/C-1/open', { takeOverFrom: 'citra' }),
  ]);
  const [seat] = await hall.sql`select agent_id from counter_seat where counter_id = 'C-1'`;
  const winner = seat?.agent_id === 'ani' ? 0 : 1;
  expect(answers[winner]!.status).toBe(200);
  expect(answers[1 - winner]).toMatchObject({
    status: 409,
    body: { code: 'COUNTER_ALREADY_OPEN', details: { counterId: 'C-1', agentId: ['ani', 'budi'][winner] } },
  });
  const standing = await hall.sql`select ticket_id from counter_ticket where counter_id = 'C-1'`;
  expect([...standing]).toEqual([{ ticket_id: (called.body.ticket as { id: string }).id }]);
});

test('an agent opens a counter for nobody but themselves', async () => {
  await ani.post('/counters/C-3/open', { agentId: 'budi' });
  const [seat] = await hall.sql`select agent_id from counter_seat where counter_id = 'C-3'`;
  expect(seat?.agent_id).toBe('ani');
});

test('a call with no line', async () => {
  await ani.post('/counters/C-1/open');
  expect(await ani.post('/counters/C-1/call-next')).toMatchObject({ status: 409, body: { code: 'LINE_EMPTY' } });
});

test("an agent at another's counter is turned away whatever they try; the manager is not", async () => {
  await issue();
  await ani.post('/counters/C-1/open');
  await ani.post('/counters/C-1/call-next');
  for (const act of ['call-next', 'recall', 'start', 'finish', 'miss', 'pause', 'resume', 'close']) {
    const body = act === 'pause' ? { reason: 'lunch' } : {};
    expect(await budi.post(`/counters/C-1/${act}`, body), act).toMatchObject({
      status: 403,
      body: { code: 'NOT_YOUR_COUNTER' },
    });
  }
  expect((await manager.post('/counters/C-1/recall')).status).toBe(200);
});

test('acts out of order say what is in their way', async () => {
  await ani.post('/counters/C-1/open');
  for (const act of ['recall', 'start', 'finish', 'miss']) {
    expect((await ani.post(`/counters/C-1/${act}`)).body.code, act).toBe('NO_TICKET_AT_COUNTER');
  }
  expect((await ani.post('/counters/C-1/resume')).body.code).toBe('COUNTER_NOT_PAUSED');
  await issue();
  await ani.post('/counters/C-1/call-next');
  expect((await ani.post('/counters/C-1/pause', { reason: 'lunch' })).body.code).toBe('COUNTER_BUSY');
  expect((await ani.post('/counters/C-1/close')).body.code).toBe('COUNTER_BUSY');
  await ani.post('/counters/C-1/start');
  expect(await ani.post('/counters/C-1/miss')).toMatchObject({ status: 409, body: { code: 'ACTION_NOT_ALLOWED' } });
});

test('every command for a closed day is refused, and nothing is written', async () => {
  const { id } = await issue();
  await manager.post('/day/close');
  const [before] = await hall.sql`select version from branch_head where branch_id = ${hall.branchId}`;
  expect((await visitor.post('/tickets', { serviceId: 'S-0' })).body.code).toBe('DAY_NOT_OPEN');
  expect((await ani.post('/counters/C-1/open')).body.code).toBe('DAY_NOT_OPEN');
  expect((await ani.post('/counters/C-1/call-next')).body.code).toBe('DAY_NOT_OPEN');
  expect((await manager.post('/counters/C-1/call', { ticketId: id })).body.code).toBe('DAY_NOT_OPEN');
  expect((await manager.post('/day/close')).body.code).toBe('DAY_NOT_OPEN');
  for (const act of ['recall', 'start', 'finish', 'miss', 'resume', 'close']) {
    expect((await ani.post(`/counters/C-1/${act}`)).status, act).toBe(409);
  }
  expect((await manager.post(`/tickets/${id}/cancel`)).body.code).toBe('ACTION_NOT_ALLOWED');
  const [after] = await hall.sql`select version from branch_head where branch_id = ${hall.branchId}`;
  expect(after).toEqual(before);
});

test('what there is not: branch, service, priority class, language, counter, ticket', async () => {
  const nowhere = apiOf(manager.address, 'nowhere', manager.headers);
  for (const path of ['', '/board', `/tickets/${randomUUID()}`]) {
    expect(await nowhere.get(path), path).toMatchObject({ status: 404, body: { code: 'BRANCH_UNKNOWN' } });
  }
  expect((await nowhere.post('/tickets', { serviceId: 'S-0' })).body.code).toBe('BRANCH_UNKNOWN');
  expect(await visitor.post('/tickets', { serviceId: 'S-99' })).toMatchObject({
    status: 404,
    body: { code: 'SERVICE_UNKNOWN' },
  });
  expect(await visitor.post('/tickets', { serviceId: 'S-0', priority: 'kings' })).toMatchObject({
    status: 404,
    body: { code: 'PRIORITY_UNKNOWN' },
  });
  expect(await visitor.post('/tickets', { serviceId: 'S-0', language: 'tlh' })).toMatchObject({
    status: 404,
    body: { code: 'LANGUAGE_UNKNOWN' },
  });
  for (const act of ['open', 'call-next', 'recall', 'start', 'finish', 'miss', 'pause', 'resume', 'close']) {
    const body = act === 'pause' ? { reason: 'lunch' } : {};
    expect(await manager.post(`/counters/C-99/${act}`, body), act).toMatchObject({
      status: 404,
      body: { code: 'COUNTER_UNKNOWN' },
    });
  }
  await ani.post('/counters/C-1/open');
  expect(await manager.post('/counters/C-1/call', { ticketId: randomUUID() })).toMatchObject({
    status: 404,
    body: { code: 'TICKET_UNKNOWN' },
  });
  expect(await manager.post(`/tickets/${randomUUID()}/cancel`)).toMatchObject({
    status: 404,
    body: { code: 'TICKET_UNKNOWN' },
  });
  expect(await manager.get(`/tickets/${randomUUID()}`)).toMatchObject({
    status: 404,
    body: { code: 'TICKET_UNKNOWN' },
  });
});

test('a day is opened once, never an earlier one, and none that is far ahead', async () => {
  expect((await manager.post('/day/open')).body.code).toBe('DAY_ALREADY_OPEN');
  await manager.post('/day/close');
  expect((await manager.post('/day/open', { date: '2001-01-01' })).body.code).toBe('DAY_GOES_BACK');
  // From such a day there would be no way back: every day until then would be an earlier one.
  expect(await manager.post('/day/open', { date: '2999-12-31' })).toMatchObject({
    status: 409,
    body: { code: 'DAY_AHEAD' },
  });
  expect((await manager.post('/day/open')).status).toBe(200);
});
