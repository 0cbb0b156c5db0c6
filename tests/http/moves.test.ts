import { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let manager: Api;
let visitor: Api;
let ani: Api;

beforeAll(async () => {
  hall = await startTestHall();
  const { address } = hall.nodes[0]!;
  const branch = 'moving';
  const rejoin = { times: 1, late: 'end-of-line', withinMinutes: 10 } as const;
  await importBlueprint(hall.sql, { ...plainHall, branch, rules: { ...plainHall.rules, rejoin, undoSeconds: 60 } });
  const as = async (login: string, role: 'manager' | 'agent'): Promise<Api> =>
    apiOf(address, branch, { cookie: await signedIn(hall.sql, address, { login, role, branchId: branch }) });
  manager = await as('mira', 'manager');
  ani = await as('ani', 'agent');
  visitor = apiOf(address, branch);
});
afterAll(() => hall?.stop());

beforeEach(async () => {
  await manager.post('/day/close');
  expect((await manager.post('/day/open')).status).toBe(200);
  expect((await ani.post('/counters/C-1/open')).status).toBe(200);
});

const take = async (): Promise<{ id: string; number: string }> =>
  (await visitor.post('/tickets', { serviceId: 'S-0' })).body.ticket as { id: string; number: string };
const issue = async (): Promise<string> => (await take()).id;

/** Sends a command, and answers with the ticket it was about. */
const told = async (api: Api, path: string, body: object = {}): Promise<Record<string, unknown>> => {
  const answer = await api.post(path, body);
  expect(answer, path).toMatchObject({ status: 200 });
  expect(Value.Check(CommandAnswer, answer.body), path).toBe(true);
  return answer.body.ticket as Record<string, unknown>;
};

test('held, returned, parked and gone on with', async () => {
  const id = await issue();
  const held = await told(ani, `/tickets/${id}/hold`, { reason: 'a copy', minutes: 10 });
  expect(held).toMatchObject({ id, status: 'held', until: expect.any(Number) });
  expect((await manager.get(`/tickets/${id}`)).body).toMatchObject({ status: 'held' });
  expect(await told(ani, `/tickets/${id}/return`)).toMatchObject({ status: 'waiting' });
  await told(ani, '/counters/C-1/call-next');
  await told(ani, '/counters/C-1/start');
  expect(await told(ani, '/counters/C-1/park')).toMatchObject({ id, status: 'parked' });
  const resumed = await told(ani, '/counters/C-1/resume-ticket', { ticketId: id });
  expect(resumed).toMatchObject({ status: 'serving', counterId: 'C-1' });
});

test('sent to another service and back, with a service more and a note', async () => {
  const id = await issue();
  await told(ani, '/counters/C-1/call-next');
  await told(ani, `/tickets/${id}/note`, { note: 'wheelchair' });
  await told(ani, `/tickets/${id}/legs`, { serviceId: 'S-2' });
  const sent = { serviceId: 'S-1', keptFor: { counterId: 'C-2' }, note: 'has the form', comesBack: true };
  expect(await told(ani, `/tickets/${id}/transfer`, sent)).toMatchObject({ serviceId: 'S-1', status: 'waiting' });
  await told(manager, '/counters/C-2/open', { agentId: 'budi' });
  expect(await ani.post('/counters/C-1/call-next')).toMatchObject({ status: 409, body: { code: 'LINE_EMPTY' } });
  expect(await told(manager, '/counters/C-2/call-next')).toMatchObject({ id });
  expect(await told(manager, '/counters/C-2/finish', { quantity: 2 })).toMatchObject({ serviceId: 'S-0' });
  expect(await told(ani, '/counters/C-1/call-next')).toMatchObject({ id });
  expect(await told(ani, '/counters/C-1/finish')).toMatchObject({ serviceId: 'S-2', status: 'waiting' });
});

test('missed, back again, missed once too often; another given up by hand', async () => {
  const id = await issue();
  await told(ani, '/counters/C-1/call-next');
  await told(ani, '/counters/C-1/miss');
  expect(await told(manager, `/tickets/${id}/rejoin`)).toMatchObject({ status: 'waiting', place: 'kept' });
  await told(ani, '/counters/C-1/call-next');
  expect(await told(ani, '/counters/C-1/miss')).toMatchObject({ status: 'no-show' });
  const other = await issue();
  await told(ani, '/counters/C-1/call-next');
  await told(ani, '/counters/C-1/miss');
  expect(await told(ani, `/tickets/${other}/no-show`)).toMatchObject({ status: 'no-show' });
});

test('the last act is taken back, on whichever node', async () => {
  const [first, second] = [await take(), await take()];
  await told(ani, '/counters/C-1/call-next');
  await told(ani, '/counters/C-1/call-next');
  const undone = await ani.post('/counters/C-1/undo');
  expect(undone.body).toMatchObject({
    ticket: { id: first.id, status: 'called' },
    numbers: [second.number, first.number],
  });
  expect((await manager.get(`/tickets/${second.id}`)).body).toMatchObject({ status: 'waiting' });
  expect(await ani.post('/counters/C-1/undo')).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_UNDO' } });
});

test('a run is made void, and what is kept for an agent is given to everybody', async () => {
  const [, second, third] = [await take(), await take(), await take()];
  const run = { prefix: 'A', from: Number(second.number.slice(1)), to: Number(third.number.slice(1)) };
  const voided = await manager.post('/void-tickets', run);
  expect(voided).toMatchObject({ status: 200, body: { numbers: [second.number, third.number] } });
  await told(ani, '/counters/C-1/call-next');
  await told(ani, '/counters/C-1/start');
  await told(ani, '/counters/C-1/park');
  expect(await told(manager, '/reassign-tickets', { agentId: 'ani' })).toMatchObject({ status: 'waiting' });
  expect(await manager.post('/void-tickets', run)).toMatchObject({
    status: 409,
    body: { code: 'NOTHING_TO_VOID', details: { from: second.number, to: third.number } },
  });
});

test('a transfer is for one of counter and agent, never for both', async () => {
  const id = await issue();
  const keptFor = { counterId: 'C-2', agentId: 'budi' };
  expect(await ani.post(`/tickets/${id}/transfer`, { keptFor })).toMatchObject({
    status: 400,
    body: { code: 'INVALID' },
  });
});
