import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { KeptView, NextView, NumbersView } from '@antrean/shared/protocol/staff-views.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall?.stop());

interface People {
  readonly manager: Api;
  readonly ani: Api;
  readonly visitor: Api;
}

/** A hall of its own with an open day, and an agent at C-1. */
const hallWith = async (branch: string, rules: object): Promise<People> => {
  const { address } = hall.nodes[0]!;
  await importBlueprint(hall.sql, { ...plainHall, branch, rules: { ...plainHall.rules, ...rules } });
  const as = async (login: string, role: 'manager' | 'agent'): Promise<Api> =>
    apiOf(address, branch, {
      cookie: await signedIn(hall.sql, address, { login: `${login}-${branch}`, role, branchId: branch }),
    });
  const people = {
    manager: await as('mira', 'manager'),
    ani: await as('ani', 'agent'),
    visitor: apiOf(address, branch),
  };
  expect([200, 409]).toContain((await people.manager.post('/day/open')).status);
  expect((await people.ani.post('/counters/C-1/open')).status).toBe(200);
  return people;
};

const take = async ({ visitor }: People): Promise<{ id: string; number: string }> =>
  (await visitor.post('/tickets', { serviceId: 'S-0' })).body.ticket as { id: string; number: string };

const nextAt = async (api: Api, counterId: string): Promise<string[]> => {
  const { status, body } = await api.get(`/counters/${counterId}/next`);
  expect(status).toBe(200);
  expect(Value.Check(NextView, body)).toBe(true);
  return (body as unknown as NextView).next.map(({ number, why }) => `${number} ${why.rule}`);
};

test('[NEXT-1] the next five of a counter, each with why, and they are those that are called', async () => {
  const people = await hallWith('next', {});
  expect(await nextAt(people.ani, 'C-1')).toEqual([]);
  const numbers: string[] = [];
  for (let count = 0; count < 6; count++) numbers.push((await take(people)).number);
  expect(await nextAt(people.ani, 'C-1')).toEqual(numbers.slice(0, 5).map((number) => `${number} longest-wait`));
  const called = await people.ani.post('/counters/C-1/call-next');
  expect((called.body.ticket as { number: string }).number).toBe(numbers[0]);
  expect(await nextAt(people.ani, 'C-1')).toEqual(numbers.slice(1).map((number) => `${number} longest-wait`));
  expect(await people.ani.get('/counters/nowhere/next')).toMatchObject({
    status: 404,
    body: { code: 'COUNTER_UNKNOWN' },
  });
});

test('[BLIND-1] a hall that hides its line tells its agents how many wait, and only managers who', async () => {
  const people = await hallWith('blind', { hidesLine: true, agentsMayChoose: true });
  const { number, id } = await take(people);
  expect(await people.ani.get('/counters/C-1/next')).toMatchObject({ status: 403, body: { code: 'LINE_IS_HIDDEN' } });
  expect(await people.ani.post('/counters/C-1/call', { ticketId: id })).toMatchObject({
    status: 403,
    body: { code: 'LINE_IS_HIDDEN' },
  });
  expect(await nextAt(people.manager, 'C-1')).toEqual([`${number} longest-wait`]);
  expect((await people.visitor.get('')).body).toMatchObject({ rules: { hidesLine: true, agentsMayChoose: true } });
});

test('[VOID-1] [MOVE-5] a manager sees which tickets a run would end, and for whom tickets are kept', async () => {
  const people = await hallWith('runs', {});
  const tickets = [await take(people), await take(people), await take(people)];
  const [first, second, third] = tickets.map(({ number }) => number);
  await people.ani.post('/counters/C-1/call-next');
  await people.ani.post('/counters/C-1/start');
  const run = `${first}-${third!.replace(/\D/g, '')}`;
  const hit = await people.manager.get(`/void-tickets/${run}`);
  expect(hit).toMatchObject({ status: 200, body: { numbers: [second, third] } });
  expect(Value.Check(NumbersView, hit.body)).toBe(true);
  expect(await people.manager.get('/kept-tickets')).toMatchObject({ status: 200, body: [] });
  await people.ani.post('/counters/C-1/park');
  await people.manager.post(`/tickets/${tickets[2]!.id}/transfer`, { keptFor: { agentId: 'ani-runs' } });
  const kept = await people.manager.get('/kept-tickets');
  expect(kept.body).toEqual([{ agentId: 'ani-runs', numbers: [first, third] }]);
  expect(Value.Check(KeptView, kept.body)).toBe(true);
  for (const path of [`/void-tickets/${run}`, '/kept-tickets']) {
    expect(await people.ani.get(path)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  }
  expect((await people.manager.get('/void-tickets/everything')).status).toBe(400);
});
