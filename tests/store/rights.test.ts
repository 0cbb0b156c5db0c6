import { redisRights } from '@antrean/server/embedded/redis-rights.ts';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { bySystem, noteEntry } from '@antrean/server/audit/note-entry.ts';
import { connectScoped } from '@antrean/server/ledger/in-scope.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { migrateDatabase } from '@antrean/server/ledger/migrate-database.ts';
import { grantRights, tableRights } from '@antrean/server/ledger/grant-rights.ts';
import { newsPattern } from '@antrean/server/live/keys.ts';
import { checkPostgres, checkRedis } from '@antrean/server/start-up/self-check.ts';
import { Redis } from 'ioredis';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { asServer, createEmptyDatabase } from '../harness/postgres.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

let hall: TestHall;
let server: postgres.Sql;
let reports: postgres.Sql;
beforeAll(async () => {
  hall = await startTestHall();
  await openHall(hall.managers[0]!, 1);
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' });
  server = postgres(asServer(hall.databaseUrl), { max: 1, onnotice: () => {} });
  await hall.sql`do $$ begin create role antrean_reports login password 'reports'; exception when duplicate_object then null; end $$`;
  await grantRights(hall.databaseUrl, 'antrean_reports', 'reports');
  const url = new URL(hall.databaseUrl);
  [url.username, url.password] = ['antrean_reports', 'reports'];
  reports = postgres(url.href, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await server?.end({ timeout: 1 });
  await reports?.end({ timeout: 1 });
  await hall?.stop();
});

const refusedFor = (query: Promise<unknown>): Promise<string> =>
  query.then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  );
const denied = '42501';

test('every table has its row of rights, and every row its table', async () => {
  const tables = await hall.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  expect(tables.map(({ name }) => name).toSorted()).toEqual(Object.keys(tableRights).toSorted());
});

test('a hall works, and its server cannot change what has happened', async () => {
  const [user] = await hall.sql`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and usename = 'antrean_server' and application_name = 'antrean'`;
  expect(user?.count).toBeGreaterThan(0);
  const [events] = await hall.sql`select count(*)::int as count from ticket_event`;
  expect(events?.count).toBeGreaterThan(2);
  for (const table of ['ticket_event', 'ticket', 'audit_entry']) {
    expect(await refusedFor(server`delete from ${server(table)}`), table).toBe(denied);
    expect(await refusedFor(server`truncate ${server(table)}`), table).toBe(denied);
    expect(await refusedFor(server`select from ${server(table)} for update`), table).toBe(denied);
  }
  expect(await refusedFor(server`update ticket_event set data = '{}'`)).toBe(denied);
  expect(await refusedFor(server`update ticket set number = 'A999'`)).toBe(denied);
  expect(await refusedFor(server`update audit_entry set subject = ''`)).toBe(denied);
});

test('it cannot change the schema, take a lock off, or give itself rights', async () => {
  const tries = [
    server`create table mine (id int)`,
    server`drop table ticket_event`,
    server`alter table audit_entry disable trigger all`,
    server`drop trigger audit_entry_is_kept on audit_entry`,
    server`create or replace function chain_audit_entry() returns trigger language plpgsql as 'begin return new; end'`,
    server`set session_replication_role = replica`,
    server`delete from drizzle.__drizzle_migrations`,
    server`copy staff to program 'true'`,
    server`alter role antrean_server superuser`,
  ];
  for (const [index, tried] of tries.entries()) expect(await refusedFor(tried), `try ${index}`).toBe(denied);
  await server`grant update on ticket_event to antrean_server`.catch(() => {});
  expect(await refusedFor(server`update ticket_event set data = '{}'`)).toBe(denied);
});

test('the role of reports reads what happened, nobody’s password or session, and writes nothing', async () => {
  expect(await refusedFor(reports`select from ticket_event`)).toBe('accepted');
  expect(await refusedFor(reports`select from service`)).toBe('accepted');
  for (const table of ['staff', 'staff_session', 'installation_key', 'audit_entry']) {
    expect(await refusedFor(reports`select from ${reports(table)}`), table).toBe(denied);
  }
  for (const table of Object.keys(tableRights)) {
    expect(await refusedFor(reports`delete from ${reports(table)}`), table).toBe(denied);
  }
});

test('rights that a role once had are taken away', async () => {
  await hall.sql`grant all on all tables in schema public to antrean_server`;
  const before = await checkPostgres(server);
  expect(before).toContainEqual(expect.objectContaining({ message: expect.stringMatching(/ANTREAN_OWNER_URL/) }));
  await grantRights(hall.databaseUrl, 'antrean_server', 'server');
  expect(await refusedFor(server`delete from ticket_event`)).toBe(denied);
  expect(await checkPostgres(server)).not.toContainEqual(
    expect.objectContaining({ message: expect.stringMatching(/ANTREAN_OWNER_URL/) }),
  );
});

// The stand-in knows no users.
test.skipIf(process.env.ANTREAN_TEST_REDIS === 'in-process')(
  'in Redis the server works with its own keys, and can neither empty it nor see or change what is not its own',
  async () => {
    const [redis, listener, owner] = [hall.redis.url, hall.redis.url, hall.redis.ownerUrl].map(
      (url) => new Redis(url),
    ) as [Redis, Redis, Redis];
    await owner.set('of-another-program', 'secret');
    const tries: [string, ...string[]][] = [
      ['FLUSHALL'],
      ['FLUSHDB'],
      ['KEYS', '*'],
      ['CONFIG', 'GET', 'requirepass'],
      ['CONFIG', 'SET', 'maxmemory', '1'],
      ['DEBUG', 'SLEEP', '0'],
      ['SCRIPT', 'KILL'],
      ['SCRIPT', 'FLUSH'],
      ['FUNCTION', 'FLUSH'],
      ['SHUTDOWN', 'NOSAVE'],
      ['REPLICAOF', 'NO', 'ONE'],
      ['ACL', 'SETUSER', 'antrean', 'allcommands'],
      ['CLIENT', 'LIST'],
      ['MONITOR'],
      ['GET', 'of-another-program'],
      ['DEL', 'of-another-program'],
      ['SUBSCRIBE', 'of-another-program'],
      ['EVAL', "return redis.call('get', 'of-another-program')", '0'],
    ];
    for (const [command, ...rest] of tries) {
      const answer = redis.call(command, ...rest).then(String, ({ message }: Error) => message);
      expect(await answer, `${command} ${rest.join(' ')}`).toMatch(
        /NOPERM|not allowed|The user executing the script can/,
      );
    }
    expect(await owner.get('of-another-program')).toBe('secret');
    expect(await owner.exists(`{b:${plainHall.branch}}:state`)).toBe(1);
    expect(await checkRedis(redis)).toEqual([]);
    // A pattern is let in only where the rights name just that.
    expect(await listener.psubscribe(newsPattern)).toBe(1);
    const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    expect(operations).toContain(redisRights);
    for (const connection of [redis, listener, owner]) connection.disconnect();
  },
);

test('a role without rights starts on a database that is up to date, and says what to do where it is not', async () => {
  await migrateDatabase(asServer(hall.databaseUrl));
  await expect(migrateDatabase(asServer(await createEmptyDatabase(inject('postgresUrl'))))).rejects.toThrow(
    /ANTREAN_OWNER_URL/,
  );
});

/** What a connection of the server sees that was told of no hall, or of one. */
const seen = (scope: string | null, table: string): Promise<(string | null)[]> =>
  server
    .begin(async (sql) => {
      if (scope !== null) await sql`select set_config('antrean.scope', ${scope}, true)`;
      return sql<{ branch: string | null }[]>`select distinct branch_id as branch from ${sql(table)}`;
    })
    .then((rows) => rows.map(({ branch }) => branch).toSorted());

test('a statement that forgets whose hall it is for sees and takes nothing of another', async () => {
  await importBlueprint(hall.sql, { ...plainHall, branch: 'other' });
  for (const branchId of [hall.branchId, 'other', null]) {
    await createStaff(hall.sql, { login: `of-${branchId}`, displayName: 'Somebody', role: 'agent', branchId });
  }
  for (const table of ['staff', 'audit_entry']) {
    expect(await seen(null, table)).toEqual([]);
    expect(await seen('', table)).toEqual([]);
    expect(await seen('other', table)).toEqual(['other']);
    expect(await seen('*', table)).toEqual([null, 'other', hall.branchId].toSorted());
  }
  for (const branchId of [hall.branchId, 'other']) {
    await hall.sql`
      insert into device (id, branch_id, kind, name, token_hash, address, browser)
      values (${branchId}, ${branchId}, 'kiosk', 'Door', ${branchId}, '', '')`;
    await hall.sql`insert into setup_revision (branch_id, revision, blueprint) values (${branchId}, 0, '{}')`;
    await hall.sql`
      insert into visitor_contact (branch_id, ticket_id, phone, phone_code, language, erase_after)
      values (${branchId}, gen_random_uuid(), 'sealed', 'code', 'en', now() + interval '1 hour')`;
    await hall.sql`
      insert into visitor_push (branch_id, ticket_id, subscription, language, erase_after)
      values (${branchId}, gen_random_uuid(), 'sealed', 'en', now() + interval '1 hour')`;
  }
  for (const table of ['device', 'setup_revision', 'visitor_contact', 'visitor_push']) {
    expect(await seen(null, table)).toEqual([]);
    expect(await seen('other', table)).toEqual(['other']);
    expect(await seen('*', table)).toEqual(['other', hall.branchId].toSorted());
  }
  const { inScope, end } = connectScoped(asServer(hall.databaseUrl), server);
  const changed = await inScope('other', (sql) => sql`update staff set display_name = 'Changed' returning id`);
  expect([...changed]).toEqual([{ id: 'of-other' }]);
  expect(await refusedFor(inScope('other', (sql) => sql`update staff set branch_id = ${hall.branchId}`))).toBe(denied);
  expect(await refusedFor(inScope('other', (sql) => sql`update staff set branch_id = null`))).toBe(denied);
  expect(await refusedFor(inScope('other', (sql) => sql`update device set branch_id = ${hall.branchId}`))).toBe(denied);
  const foreign = { ...bySystem, action: 'staff.changed', branchId: hall.branchId, subject: 'x' } as const;
  expect(
    await refusedFor(inScope('other', (sql) => sql`with done as (select) ${noteEntry(sql, 'done', foreign)}`)),
  ).toBe(denied);
  // The chain goes on over what this hall does not see.
  const own = { ...foreign, branchId: 'other' };
  await inScope('other', (sql) => sql`with done as (select) ${noteEntry(sql, 'done', own)}`);
  const [chain] = await hall.sql`select max(seq)::int as last, count(*)::int as count from audit_entry`;
  expect(chain?.last).toBe(chain?.count);
  await end();
});
