import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrateDatabase, SchemaTooNew } from '@antrean/server/ledger/migrate-database.ts';
import { type DrizzleSnapshotJSON, generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createEmptyDatabase } from '../harness/postgres.ts';
import { files, read, root } from './tree.ts';

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[];
}

const journal = JSON.parse(read('migrations/meta/_journal.json')) as Journal;
const migrations = files.filter((file) => /^migrations\/[^/]+\.sql$/.test(file)).sort();

describe('the files', () => {
  test('say in their names what they do, numbered without a gap', () => {
    expect(migrations.length).toBeGreaterThan(0);
    for (const [index, file] of migrations.entries()) {
      expect(file).toMatch(/^migrations\/\d{4}(_[a-z0-9]+)+\.sql$/);
      expect(Number(file.slice('migrations/'.length, 'migrations/0000'.length))).toBe(index);
    }
    // What drizzle-kit makes up when nobody gives it a name: an adjective and somebody of the comics.
    expect(migrations.filter((file) => /_(\w+_)?(man|wolverine|hulk|thor|wither|shadow\w*)\.sql$/.test(file))).toEqual(
      [],
    );
  });

  test('are all in the journal, in order: one that is older than the last applied would be skipped in silence', () => {
    expect(journal.entries.map(({ tag }) => `migrations/${tag}.sql`)).toEqual(migrations);
    expect(journal.entries.map(({ idx }) => idx)).toEqual(journal.entries.map((_, index) => index));
    const times = journal.entries.map(({ when }) => when);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  test('never change once they have landed: migrations/landed.json holds their hashes', () => {
    const landed = JSON.parse(read('migrations/landed.json')) as Record<string, string>;
    const now = Object.fromEntries(
      migrations.map((file) => [
        file.slice('migrations/'.length),
        createHash('sha256').update(read(file)).digest('hex'),
      ]),
    );
    expect(now, 'a new migration is added to landed.json with its hash; a landed one is followed, not changed').toEqual(
      landed,
    );
  });
});

const tables: Record<string, unknown> = {};
beforeAll(async () => {
  for (const file of files.filter((name) => /^server\/[^/]+\/tables\.ts$/.test(name))) {
    Object.assign(tables, await import(pathToFileURL(join(root, file)).href));
  }
});

const schemaOfCode = (): DrizzleSnapshotJSON => generateDrizzleJson(tables, undefined, undefined, 'snake_case');

test('the tables in the code have no change that has no migration', async () => {
  const last = JSON.parse(
    read(`migrations/meta/${String(journal.entries.length - 1).padStart(4, '0')}_snapshot.json`),
  ) as DrizzleSnapshotJSON;
  expect(await generateMigration(last, schemaOfCode())).toEqual([]);
  const { staff: _without, ...fewer } = tables;
  const changed = generateDrizzleJson(fewer, undefined, undefined, 'snake_case');
  expect(await generateMigration(last, changed)).not.toEqual([]);
});

describe('on Postgres', () => {
  const open: postgres.Sql[] = [];
  const connect = (url: string): postgres.Sql => {
    const sql = postgres(url, { max: 2, onnotice: () => {} });
    open.push(sql);
    return sql;
  };
  afterAll(() => Promise.all(open.map((sql) => sql.end({ timeout: 1 }))));

  /** Columns, constraints and indexes of everything in `public`, as Postgres describes them. */
  const shapeOf = async (sql: postgres.Sql): Promise<string[]> => {
    const rows = await sql<{ line: string }[]>`
      select format('column %s.%s %s null:%s default:%s', table_name, column_name, data_type, is_nullable, column_default)
        as line from information_schema.columns where table_schema = 'public'
      union all
      select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where connamespace = 'public'::regnamespace
      union all
      select format('index %s %s', tablename, indexdef) from pg_indexes where schemaname = 'public'
      order by line`;
    return rows.map(({ line }) => line);
  };

  test('an empty database gets the schema; a second time changes nothing', async () => {
    const url = await createEmptyDatabase(inject('postgresUrl'));
    await migrateDatabase(url);
    const sql = connect(url);
    const first = await shapeOf(sql);
    await migrateDatabase(url);
    expect(await shapeOf(sql)).toEqual(first);
    const [applied] = await sql`select count(*)::int as count from drizzle.__drizzle_migrations`;
    expect(applied?.count).toBe(migrations.length);
  });

  test('six nodes that start together on an empty database apply each migration once', async () => {
    const url = await createEmptyDatabase(inject('postgresUrl'));
    await Promise.all(Array.from({ length: 6 }, () => migrateDatabase(url)));
    const [applied] = await connect(url)`select count(*)::int as count from drizzle.__drizzle_migrations`;
    expect(applied?.count).toBe(migrations.length);
  });

  test('a database with people waiting in it keeps every row', async () => {
    const url = await createEmptyDatabase(inject('postgresUrl'));
    await migrateDatabase(url);
    const sql = connect(url);
    await sql`insert into branch_head (branch_id, version) values ('full', 7)`;
    await sql`insert into ticket (branch_id, id, business_day, number, service_id)
      select 'full', gen_random_uuid(), '2026-01-05', 'A' || n, 'S-1' from generate_series(1, 500) n`;
    await migrateDatabase(url);
    const [row] = await sql`select count(*)::int as count from ticket`;
    expect(row?.count).toBe(500);
  });

  /** What drizzle cannot say of a table, and a migration therefore says by hand. */
  const byHand = /counter_number_unique/;

  test('the migrations lead to the very schema that the code describes', async () => {
    const [migrated, described] = await Promise.all([0, 1].map(() => createEmptyDatabase(inject('postgresUrl'))));
    await migrateDatabase(migrated!);
    const sql = connect(described!);
    for (const statement of await generateMigration(generateDrizzleJson({}), schemaOfCode())) {
      // eslint-disable-next-line no-restricted-syntax -- what drizzle-kit wrote from our own tables
      await sql.unsafe(statement);
    }
    const landed = await shapeOf(connect(migrated!));
    expect(landed.filter((line) => !byHand.test(line))).toEqual(await shapeOf(sql));
    expect(landed.filter((line) => byHand.test(line))).not.toEqual([]);
  });

  test('a node refuses a schema that is newer than it knows, says so, and changes nothing', async () => {
    const url = await createEmptyDatabase(inject('postgresUrl'));
    await migrateDatabase(url);
    const sql = connect(url);
    const later = Math.max(...journal.entries.map(({ when }) => when)) + 86_400_000;
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of-a-later-version', ${later})`;
    const before = await shapeOf(sql);
    const refused = await migrateDatabase(url).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(SchemaTooNew);
    expect(String(refused)).toMatch(/newer/);
    expect(await shapeOf(sql)).toEqual(before);
  });

  test('a node refuses a database whose migrations were not its own', async () => {
    const url = await createEmptyDatabase(inject('postgresUrl'));
    await migrateDatabase(url);
    await connect(url)`update drizzle.__drizzle_migrations set hash = 'another' where id = 2`;
    await expect(migrateDatabase(url)).rejects.toThrow(/other files than this version/);
  });
});
