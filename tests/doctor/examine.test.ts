import { examine } from '@antrean/server/doctor/examine.ts';
import { keysOf } from '@antrean/server/live/keys.ts';
import type { Invariant } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainBranch } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

let hall: TestHall;
let redis: Redis;
const names = keysOf(plainBranch as BranchId);

beforeAll(async () => {
  hall = await startTestHall();
  redis = new Redis(hall.redis.url);
  const [manager, visitor] = [hall.managers[0]!, hall.visitors[0]!];
  await openHall(manager, 3);
  for (let count = 0; count < 9; count++) await visitor.post('/tickets', { serviceId: `S-${count % 3}` });
  await manager.post('/counters/C-1/call-next');
  await manager.post('/counters/C-2/call-next');
  await expectSound(hall, { seesScreens: true });
  // Nobody may repair what the tests plant, or judge it by memory: only the stores are left.
  await Promise.all(hall.nodes.map((node) => node.close()));
  for (const table of ['ticket_event', 'ticket', 'counter_ticket', 'counter_seat', 'branch_head'] as const) {
    await hall.sql`create table ${hall.sql(`saved_${table}`)} as table ${hall.sql(table)}`;
  }
  await hall.sql`drop index ticket_event_command_once`;
}, 120_000);

afterAll(async () => {
  redis.disconnect();
  await hall.redis.stop();
  await hall.sql.end({ timeout: 1 });
});

const lines = ['S-0', 'S-1', 'S-2'].map((id) => names.line(id as ServiceId));
const keys = [names.state, names.feed, names.board, names.lines, ...lines];

beforeEach(async () => {
  const held = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
  return async () => {
    for (const table of ['ticket_event', 'ticket', 'counter_ticket', 'counter_seat', 'branch_head'] as const) {
      await hall.sql`truncate ${hall.sql(table)}`;
      await hall.sql`insert into ${hall.sql(table)} table ${hall.sql(`saved_${table}`)}`;
    }
    for (const [index, key] of keys.entries()) {
      const copy = held[index];
      if (copy) await redis.restore(key, 0, copy, 'REPLACE');
      else await redis.del(key);
    }
  };
});

const examined = async () => {
  const [examination] = await examine({ sql: hall.sql, redis, settleMs: 300 });
  return examination!;
};

test('a sound hall has no findings', async () => {
  expect((await examined()).findings).toEqual([]);
});

/** What is done to the stores, and by which invariant and words the doctor must know it. */
const damages: readonly [name: string, damage: () => Promise<unknown>, invariant: Invariant, words: RegExp][] = [
  [
    'an event whose text was changed',
    () => hall.sql`update ticket_event set data = replace(data::text, 'A001', 'A009')::json where version = 5`,
    'I6',
    /not what was committed/,
  ],
  ['a missing event', () => hall.sql`delete from ticket_event where version = 6`, 'I6', /gap/],
  [
    'a number given twice',
    () =>
      hall.sql`update ticket_event set data = replace(data::text, 'A002', 'A001')::json where type = 'ticket.issued'`,
    'I3',
    /A001 was given twice/,
  ],
  [
    'a gap in the numbers',
    () =>
      hall.sql`update ticket_event set data = replace(data::text, 'A002', 'A003')::json where type = 'ticket.issued'`,
    'I3',
    /where 2 was next/,
  ],
  [
    'a command that took effect twice',
    () => hall.sql`update ticket_event set command_id = (select command_id from ticket_event where version = 5)
      where version = 9`,
    'I4',
    /took effect twice/,
  ],
  [
    'a call out of turn that nobody chose',
    () => hall.sql`
      with first as (select data from ticket_event where type = 'ticket.issued' and data->>'serviceId' = 'S-0'
        order by version limit 1),
      last as (select data from ticket_event where type = 'ticket.issued' and data->>'serviceId' = 'S-0'
        order by version desc limit 1)
      update ticket_event set data = replace(replace(ticket_event.data::text, first.data->>'ticketId', last.data->>'ticketId'),
        first.data->>'number', last.data->>'number')::json
      from first, last where type = 'ticket.called' and ticket_event.data->>'ticketId' = first.data->>'ticketId'`,
    'I9',
    /was called before/,
  ],
  [
    'two tickets at one counter',
    () => hall.sql`update ticket_event set data = replace(data::text, 'C-2', 'C-1')::json where type = 'ticket.called'`,
    'I8',
    /got .* while it had/,
  ],
  [
    'one agent at two counters',
    () => hall.sql`update ticket_event set data = replace(data::text, 'agent-2', 'agent-1')::json
      where type = 'counter.opened'`,
    'I8',
    /agent agent-1 is at counters/,
  ],
  [
    'a time that goes back',
    () => hall.sql`update ticket_event set at = at - interval '1 hour' where version = 9`,
    'I6',
    /time is before/,
  ],
  ['a wrong head', () => hall.sql`update branch_head set version = version + 3`, 'I6', /head says/],
  ['a ticket row that is gone', () => hall.sql`delete from ticket where number = 'A001'`, 'I7', /nothing of A001/],
  [
    'a counter row that names another ticket',
    () => hall.sql`update counter_ticket set ticket_id = gen_random_uuid() where counter_id = 'C-1'`,
    'I7',
    /counter_ticket says/,
  ],
  ['a seat too many', () => hall.sql`insert into counter_seat values ('plain', 'C-9', 'agent-9')`, 'I7', /has C-9/],
  [
    'a ticket that fell out of its line in Redis',
    () => redis.zpopmin(names.line('S-0' as ServiceId)),
    'I10',
    /line of S-0/,
  ],
  ['a board entry that was changed', () => redis.hset(names.board, 'day', '{}'), 'I10', /board in Redis/],
  ['lines that are behind', () => redis.hincrby(names.state, 'version', -1), 'I10', /stands at version/],
  ['lines that are ahead', () => redis.hincrby(names.state, 'version', 1), 'I12', /only \d+ is committed/],
  ['an empty Redis', () => redis.flushall(), 'I10', /another ledger, or none/],
];

test.each(damages)('%s is found and named', async (_name, damage, invariant, words) => {
  await damage();
  const { findings } = await examined();
  expect(findings).toContainEqual(expect.objectContaining({ invariant, message: expect.stringMatching(words) }));
});

test('an answer that was lost, and one that was refused and yet took effect, are found', async () => {
  const [row] = await hall.sql<{ id: string }[]>`select command_id as id from ticket_event where version = 5`;
  const lost = '00000000-0000-4000-8000-000000000000';
  const heard = new Map([
    [lost, { commandId: lost, version: 1, at: 1 }],
    [row!.id, null],
  ]);
  const [examination] = await examine({ sql: hall.sql, redis, heard, settleMs: 300 });
  expect(examination!.findings.map(({ invariant }) => invariant).sort()).toEqual(['I4', 'I5']);
});
