import { examine } from '@antrean/server/doctor/examine.ts';
import { keysOf } from '@antrean/server/live/keys.ts';
import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainBranch, plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ledgerDamages } from './ledger-damages.ts';
import { redisDamages } from './redis-damages.ts';
import { tableDamages } from './table-damages.ts';

let hall: TestHall;
let redis: Redis;
const names = keysOf(plainBranch as BranchId);
const lines = ['S-0', 'S-1', 'S-2', 'S-3'].map((id) => names.line(id as ServiceId));
const keys = [names.state, names.feed, names.board, names.lines, ...lines];
const tables = [
  ...['ticket_event', 'ticket', 'counter_ticket', 'counter_seat', 'branch_head'],
  ...['branch', 'agency', 'service', 'counter', 'counter_agency', 'counter_service', 'priority_class'],
];

// The stand-in cannot give back what a key held (DUMP), which every test here asks for.
describe.skipIf(process.env.ANTREAN_TEST_REDIS === 'in-process')('damage that was planted', () => {
  beforeAll(async () => {
    hall = await startTestHall();
    redis = new Redis(hall.redis.ownerUrl);
    const [manager, visitor] = [hall.managers[0]!, hall.visitors[0]!];
    await manager.post('/day/open');
    await applyBlueprint(hall.sql, { ...plainHall, name: { en: 'Plain hall, second revision' } });
    await openHall(manager, 3);
    for (let count = 0; count < 9; count++) await visitor.post('/tickets', { serviceId: `S-${count % 3}` });
    await visitor.post('/tickets', { serviceId: 'S-0', priority: 'elderly' });
    for (const counter of ['C-1', 'C-2']) await manager.post(`/counters/${counter}/call-next`);
    await expectSound(hall, { seesScreens: true });
    // Nobody may repair what the tests plant, or judge it by memory: only the stores are left, without what guards them.
    await Promise.all(hall.nodes.map((node) => node.close()));
    for (const table of tables) await hall.sql`create table ${hall.sql(`saved_${table}`)} as table ${hall.sql(table)}`;
    await hall.sql`drop index ticket_event_command_once, counter_ticket_once, counter_seat_agent_once`;
  });

  afterAll(async () => {
    redis.disconnect();
    await hall.redis.stop();
    await hall.sql.end({ timeout: 1 });
  });

  beforeEach(async () => {
    const held = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
    return async () => {
      // What refers to them - accounts, devices - is looked at by no test here.
      await hall.sql`truncate ${hall.sql(tables)} cascade`;
      for (const table of tables) await hall.sql`insert into ${hall.sql(table)} table ${hall.sql(`saved_${table}`)}`;
      for (const [index, key] of keys.entries()) {
        const copy = held[index];
        if (copy) await redis.restore(key, 0, copy, 'REPLACE');
        else await redis.del(key);
      }
    };
  });

  const examined = async () => {
    const [examination] = await examine({ sql: hall.sql, redis, settleMs: 0 });
    expect(examination!.notChecked).toEqual([]);
    return examination!;
  };

  test('a sound hall has no findings', async () => {
    const { findings, version, events, tickets } = await examined();
    expect(findings).toEqual([]);
    expect([events, tickets]).toEqual([version, 10]);
  });

  const damages = [...ledgerDamages, ...tableDamages, ...redisDamages(names)];

  test.each(damages)('$name: found and named', async ({ damage, invariant, words }) => {
    await damage(hall.sql, redis);
    const { findings } = await examined();
    expect(findings).toContainEqual(expect.objectContaining({ invariant, message: expect.stringMatching(words) }));
  });

  test('each damage is another one, and each invariant that the stores can show has some', () => {
    expect(new Set(damages.map(({ name }) => name)).size).toBe(damages.length);
    const shown = ['I1', 'I2', 'I3', 'I4', 'I6', 'I7', 'I8', 'I9', 'I10', 'I12', 'set-up'];
    expect(shown.filter((invariant) => !damages.some((damage) => damage.invariant === invariant))).toEqual([]);
  });

  test('a ledger that is not whole keeps nothing else from being looked at', async () => {
    await hall.sql`delete from ticket_event where type = 'ticket.issued' and data->>'number' = 'B002'`;
    await hall.sql`update ticket_event set data = '{}' where type = 'ticket.called'`;
    await hall.sql`update counter_seat set agent_id = 'nobody' where counter_id = 'C-3'`;
    await hall.sql`update branch_head set version = version - 1`;
    await redis.zadd(names.line('S-2' as ServiceId), 1, 'a-stranger');
    const { findings, checks } = await examined();
    const said = findings.map(({ message }) => message).join('\n');
    expect(said).toMatch(/gap or a double/);
    expect(said).toMatch(/nobody can make sense of it: this ticket.called lacks its ticketId/);
    expect(said).toMatch(/cannot load this hall/);
    expect(said).toMatch(/number B002: it has ticket .*, the ledger nothing/);
    expect(said).toMatch(/counter C-3: it has agent nobody, the ledger agent agent-3/);
    expect(said).toMatch(/service S-2 in Redis has a-stranger, which nobody holds/);
    expect(checks).toHaveLength(6);
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
});
