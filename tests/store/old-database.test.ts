import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readEvents } from '@antrean/server/ledger/read-events.ts';
import { migrateDatabase } from '@antrean/server/ledger/migrate-database.ts';
import { startNode } from '@antrean/server/node.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Api, apiOf, openHall, signIn } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainBranch, plainHall } from '../harness/plain-hall.ts';
import { createEmptyDatabase } from '../harness/postgres.ts';
import { startTestRedis } from '../harness/redis.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { testSeal } from '../harness/test-seal.ts';

/** The last migration before who is at which counter became a table of its own. */
const before = '0003_staff';
const other = 'other';
/** Tables that have other columns now. */
const changedSince = ['branch', 'service', 'staff', 'staff_session'];

/** No hall could say then that its screens are open. */
const { openScreens: _, ...oldRules } = plainHall.rules;
const oldHall = { ...plainHall, rules: oldRules };

let hall: TestHall;
let oldUrl: string;
let old: postgres.Sql;
beforeAll(async () => {
  hall = await startTestHall({ blueprint: oldHall });
  await importBlueprint(hall.sql, { ...oldHall, branch: other });
  for (const branch of [plainBranch, other]) {
    await live(apiOf(hall.nodes[0]!.address, branch, hall.managers[0]!.headers));
  }
  oldUrl = await createEmptyDatabase(inject('postgresUrl'));
  old = postgres(oldUrl, { max: 2, onnotice: () => {} });
  await migrateTo(before);
  for (const branch of [plainBranch, other]) await insertOldTickets(branch as BranchId);
  for (const { table } of await old<{ table: string }[]>`
    select table_name as table from information_schema.tables where table_schema = 'public' and table_name <> 'ticket'`) {
    if (changedSince.includes(table)) {
      await insertAsBefore(table);
      continue;
    }
    const lines = await rowsOf(hall.sql, table);
    await old`insert into ${old(table)} select (line::${old(table)}).* from unnest(${lines}::text[]) line`;
  }
}, 120_000);
afterAll(async () => {
  await old.end({ timeout: 1 });
  await hall.stop();
});

/** A day that is over and one under way, whose numbers begin anew, with a ticket at each place of its life. */
const live = async (api: Api): Promise<void> => {
  const take = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let taken = 0; taken < count; taken++) {
      const { body } = await api.post('/tickets', { serviceId: 'S-0' });
      ids.push((body.ticket as { id: string }).id);
    }
    return ids;
  };
  const at = async (counter: string, ...acts: string[]): Promise<void> => {
    for (const act of acts) expect((await api.post(`/counters/${counter}/${act}`)).status, act).toBe(200);
  };
  await openHall(api, 2);
  await take(4);
  await at('C-1', 'call-next', 'start');
  await at('C-2', 'call-next', 'miss', 'call-next');
  await api.post('/day/close');
  const date = businessDate(Date.now() + 24 * 60 * 60 * 1_000, plainHall.zone, plainHall.dayStartsAt);
  expect((await api.post('/day/open', { date })).status).toBe(200);
  await openHall(api, 4);
  const ids = await take(9);
  await at('C-1', 'call-next', 'start');
  await at('C-2', 'call-next');
  await at('C-3', 'call-next', 'start', 'finish');
  await at('C-4', 'call-next', 'miss');
  await api.post(`/tickets/${ids[6]}/cancel`);
  await at('C-4', 'close');
};

/** As drizzle does it: `migrateDatabase` would refuse what it did not recognise as its own. */
const migrateTo = async (last: string): Promise<void> => {
  const read = (file: string) => readFileSync(new URL(`../../migrations/${file}`, import.meta.url), 'utf8');
  const { entries } = JSON.parse(read('meta/_journal.json')) as { entries: { tag: string; when: number }[] };
  await old`create schema drizzle`;
  await old`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
  for (const { tag, when } of entries.slice(0, entries.findIndex((entry) => entry.tag === last) + 1)) {
    const text = read(`${tag}.sql`);
    await old.unsafe(text);
    const hash = createHash('sha256').update(text).digest('hex');
    await old`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when})`;
  }
};

/** Each of a hall's rules had a column of its own, and what came later had none. */
const insertAsBefore = async (table: string): Promise<void> => {
  const rows = await hall.sql<{ row: Record<string, unknown> & { rules?: Record<string, unknown> } }[]>`
    select to_jsonb(t) as row from ${hall.sql(table)} t`;
  for (const { row } of rows) {
    const { confirmsArrival, callNextFinishes, callByMinutes } = row.rules ?? {};
    const asBefore = {
      ...row,
      ...{ confirms_arrival: confirmsArrival, call_next_finishes: callNextFinishes, call_by_minutes: callByMinutes },
    };
    await old`
      insert into ${old(table)}
      select (jsonb_populate_record(null::${old(table)}, ${old.json(asBefore as postgres.JSONValue)})).*`;
  }
};

/** The rows that the version before wrote: each ticket an event touched, as it then stood. */
const insertOldTickets = async (branchId: BranchId): Promise<void> => {
  const rows = new Map<TicketId, object>();
  let state: Hall = emptyHall(branchId);
  for (const event of await readEvents(hall.sql, branchId, 0)) {
    state = evolve(state, event);
    const ticket = 'ticketId' in event.data && state.tickets.get(event.data.ticketId);
    if (!ticket) continue;
    rows.set(ticket.id, {
      branch_id: branchId,
      id: ticket.id,
      business_day: state.day!.date,
      number: ticket.number,
      serial: ticket.serial,
      service_id: ticket.serviceId,
      status: ticket.status,
      counter_id: ticket.counterId,
    });
  }
  await old`insert into ticket ${old([...rows.values()] as never[])}`;
};

/** Every row as Postgres writes it, so that JSON keeps its bytes and with them the chain its hashes. */
const rowsOf = async (sql: postgres.Sql, table: string): Promise<string[]> => {
  const rows = await sql<{ line: string }[]>`select row(t.*)::text as line from ${sql(table)} t order by line`;
  return rows.map(({ line }) => line);
};

test('the old database has people at every place: waiting, called, serving, and done with', async () => {
  const counts = await old`select status, count(*)::int as count from ticket group by status order by status`;
  expect([...counts]).toEqual(
    [
      ['called', 2],
      ['cancelled', 6],
      ['done', 4],
      ['missed', 2],
      ['no-show', 2],
      ['serving', 2],
      ['waiting', 8],
    ].map(([status, count]) => ({ status, count })),
  );
});

test('migrated, it holds every ticket under its number and day, and who is at which counter', async () => {
  await migrateDatabase(oldUrl);
  // Each installation makes its own key when it first starts; sessions of before count as seen at this moment; what was done
  // before there was an audit trail is in none.
  const tables = await old<{ table: string }[]>`
    select table_name as table from information_schema.tables
    where table_schema = 'public' and table_name not in ('installation_key', 'staff_session', 'audit_entry')`;
  expect(tables.map(({ table }) => table)).toEqual(expect.arrayContaining(['ticket', 'counter_ticket']));
  for (const { table } of tables) {
    expect({ table, rows: await rowsOf(old, table) }).toEqual({ table, rows: await rowsOf(hall.sql, table) });
  }
  const sessions = (sql: postgres.Sql) => sql`
    select id_hash, staff_id, expires_at, seen_at > now() - interval '10 minutes' as is_seen from staff_session order by 1`;
  expect([...(await sessions(old))]).toEqual([...(await sessions(hall.sql))]);
  const atCounters = await old`select branch_id as branch, counter_id as counter from counter_ticket order by 1, 2`;
  expect([...atCounters]).toEqual(
    [other, plainBranch].flatMap((branch) => ['C-1', 'C-2'].map((counter) => ({ branch, counter }))),
  );
});

test('the second lock holds on the rows that were there', async () => {
  const code = (query: Promise<unknown>): Promise<unknown> =>
    query.then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    );
  const [today] = await old`select business_day::text as day from ticket order by business_day desc limit 1`;
  const refused = await Promise.all([
    code(old`insert into ticket (branch_id, id, business_day, number, service_id)
      values (${plainBranch}, gen_random_uuid(), ${today!.day}::date, 'A001', 'S-0')`),
    code(old`insert into counter_ticket values (${plainBranch}, 'C-1', gen_random_uuid())`),
    code(old`insert into counter_ticket select branch_id, 'C-9', ticket_id from counter_ticket limit 1`),
  ]);
  expect(refused).toEqual(['23505', '23505', '23505']);
});

test('its halls go on where they stood, and the doctor finds nothing', async () => {
  const redis = await startTestRedis();
  const node = await startNode({
    databaseUrl: oldUrl,
    redisUrl: redis.url,
    host: '127.0.0.1',
    port: 0,
    seal: testSeal,
    log: createLog('fatal'),
    servesScreens: false,
  });
  try {
    for (const branch of [plainBranch, other]) {
      const api = await signIn(node.address, branch, 'manager', hall.managerPassword);
      expect((await api.post('/tickets', { serviceId: 'S-0' })).body.ticket).toMatchObject({ number: 'A010' });
      for (const act of ['C-1/finish', 'C-1/call-next', 'C-2/start', 'C-2/call-next', 'C-3/call-next']) {
        expect((await api.post(`/counters/${act}`)).status, act).toBe(200);
      }
    }
    await expectSound({ sql: old, redis, nodes: [node] });
    const [row] = await old`select count(*)::int as count from counter_ticket`;
    expect(row?.count).toBe(6);
  } finally {
    await node.close();
    await redis.stop();
  }
});
