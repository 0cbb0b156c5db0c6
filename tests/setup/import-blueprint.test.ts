import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { exportBlueprint } from '@antrean/server/setup/export-blueprint.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { listBranches, readSetup } from '@antrean/server/setup/read-setup.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { smallHall, smallHallWith } from './small-hall.ts';

let sql: postgres.Sql;

beforeEach(async () => {
  sql = postgres(await createTestDatabase(inject('postgresUrl')), { max: 8 });
  return async () => {
    await sql.end({ timeout: 1 }); // without a time-out `end` waits for ever for a connection that was cut off
  };
});

const read = (text: string): Blueprint => {
  const { blueprint, faults } = parseBlueprint(text);
  if (!blueprint) throw new Error(JSON.stringify(faults));
  return blueprint;
};

const shipped = (name: string): string =>
  readFileSync(new URL(`../../server/setup/blueprints/${name}.yaml`, import.meta.url), 'utf8');

const none = { added: 0, changed: 0, moved: 0, retired: 0 };

describe.each([
  ['mpp-banyuwangi', { agencies: 24, services: 238, priorities: 5, counters: 30 }],
  ['asan', { agencies: 16, services: 152, priorities: 5, counters: 26 }],
])('%s', (name, counts) => {
  test('is imported whole, once, and exported as the same bytes', async () => {
    const text = shipped(name);
    expect(await importBlueprint(sql, read(text))).toEqual({
      changed: true,
      revision: 1,
      branch: { ...none, added: 1 },
      agencies: { ...none, added: counts.agencies },
      services: { ...none, added: counts.services },
      priorities: { ...none, added: counts.priorities },
      counters: { ...none, added: counts.counters },
    });
    const before = await everything();
    expect(await importBlueprint(sql, read(text))).toEqual({
      changed: false,
      revision: 1,
      ...{ branch: none, agencies: none, services: none, priorities: none, counters: none },
    });
    expect(await everything()).toEqual(before);
    expect(writeBlueprint((await exportBlueprint(sql, name))!.blueprint)).toBe(text);
  });

  test('is what the rules read', async () => {
    const blueprint = read(shipped(name));
    await importBlueprint(sql, blueprint);
    expect(await readSetup(sql, name as BranchId)).toEqual({ setup: setupOfBlueprint(blueprint), revision: 1 });
  });
});

test('only what a later blueprint changes is touched, and what it leaves out is retired, not deleted', async () => {
  await importBlueprint(sql, read(smallHall));
  const later = smallHallWith(
    `  - id: TAX-01
    agency: TAX
    name:
      id: Kode billing`,
    `  - id: TAX-02
    agency: TAX
    name:
      id: Kode billing`,
  )
    .replace('fee: 12500.5', 'fee: 0')
    .replace('[ CIV-01, TAX-01 ]', '[ CIV-01, TAX-02 ]');
  expect(await importBlueprint(sql, read(later))).toEqual({
    changed: true,
    revision: 2,
    // The hall's own row holds its journeys.
    ...{ branch: { ...none, changed: 1 }, agencies: none, priorities: none, counters: none },
    services: { added: 1, changed: 1, moved: 0, retired: 1 },
  });
  expect(await sql`select id from service where retired_at is not null`).toEqual([{ id: 'TAX-01' }]);
  expect((await exportBlueprint(sql, 'small-hall'))!.blueprint).toEqual(read(later));
  expect(await importBlueprint(sql, read(smallHall))).toMatchObject({
    revision: 3,
    services: { added: 1, changed: 1, moved: 0, retired: 1 },
  });
  expect((await exportBlueprint(sql, 'small-hall'))!.blueprint).toEqual(read(smallHall));
});

test('[JOURNEY-1] journeys come, change and go with the blueprint', async () => {
  const { journeys: _, ...without } = read(smallHall);
  const journeysOf = async () => {
    const read = await readSetup(sql, 'small-hall' as BranchId);
    return [...read!.setup.journeys.values()].map(({ id, steps }) => ({ id, steps }));
  };
  await importBlueprint(sql, without);
  expect(await journeysOf()).toEqual([]);
  expect(await importBlueprint(sql, read(smallHall))).toMatchObject({ revision: 2, branch: { changed: 1 } });
  expect(await journeysOf()).toEqual([{ id: 'newborn', steps: [['CIV-01', 'TAX-01']] }]);
  const inOrder = smallHall.replace('[ CIV-01, TAX-01 ]', '[ CIV-01 ]\n      - [ TAX-01 ]');
  expect(await importBlueprint(sql, read(inOrder))).toMatchObject({ revision: 3 });
  expect(await journeysOf()).toEqual([{ id: 'newborn', steps: [['CIV-01'], ['TAX-01']] }]);
  expect(await importBlueprint(sql, without)).toMatchObject({ revision: 4 });
  expect(await journeysOf()).toEqual([]);
});

test('two counters swap their numbers in one import', async () => {
  await importBlueprint(sql, read(smallHall));
  const swapped = smallHall
    .replace('number: 1', 'number: 9')
    .replace('number: 2', 'number: 1')
    .replace('number: 9', 'number: 2');
  expect(await importBlueprint(sql, read(swapped))).toMatchObject({ changed: true, counters: { ...none, changed: 2 } });
  expect(await sql`select number from counter order by id`).toEqual([{ number: 2 }, { number: 1 }]);
});

test('a list in another order is a change that counts as moves', async () => {
  const blueprint = read(smallHall);
  await importBlueprint(sql, blueprint);
  const turned = { ...blueprint, agencies: blueprint.agencies.toReversed() };
  expect(await importBlueprint(sql, turned)).toMatchObject({ changed: true, agencies: { ...none, moved: 2 } });
  expect((await exportBlueprint(sql, 'small-hall'))!.blueprint.agencies.map(({ id }) => id)).toEqual(['TAX', 'CIV']);
});

test('branches do not touch one another', async () => {
  await importBlueprint(sql, read(smallHall));
  await importBlueprint(sql, read(smallHallWith('branch: small-hall', 'branch: other-hall')));
  await importBlueprint(
    sql,
    read(smallHallWith('branch: small-hall', 'branch: other-hall').replace('prefix: A', 'prefix: B')),
  );
  expect(writeBlueprint((await exportBlueprint(sql, 'small-hall'))!.blueprint)).toBe(smallHall);
  expect(await listBranches(sql)).toMatchObject([
    { id: 'other-hall', revision: 2 },
    {
      id: 'small-hall',
      revision: 1,
      name: { id: 'Balai Kecil', en: 'Small Hall' },
      languages: ['id', 'en'],
      zone: 'Asia/Jakarta',
    },
  ]);
  expect(await readSetup(sql, 'nowhere' as BranchId)).toBeNull();
});

describe('when the backend dies in the middle of an import nothing is half done', () => {
  test.each([
    ['the first import of a branch', null],
    ['a later import', smallHall],
  ])('%s', async (_, existing) => {
    const text =
      existing === null ? shipped('asan') : smallHallWith('prefix: A', 'prefix: B').replaceAll('loket-2', 'loket-3');
    if (existing !== null) await importBlueprint(sql, read(existing));
    const before = await everything();
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`lock table counter in share mode`; // reads go on, writes of counters wait
    const importing = importBlueprint(sql, read(text)).then(
      () => 'done',
      (error: unknown) => String(error),
    );
    const [pid] = await pidsOfWaiting(1);
    await sql`select pg_terminate_backend(${pid!})`;
    expect(await importing).toMatch(/terminat|CONNECTION|ECONNRESET/i);
    await blocker`rollback`;
    blocker.release();
    expect(await everything()).toEqual(before);
    expect(await importBlueprint(sql, read(text))).toMatchObject({
      changed: true,
      revision: existing === null ? 1 : 2,
    });
    expect(writeBlueprint((await exportBlueprint(sql, read(text).branch))!.blueprint)).toBe(writeBlueprint(read(text)));
  });
});

test('a row that the database refuses leaves nothing of the import', async () => {
  const blueprint = read(smallHall);
  const wrong = { ...blueprint, services: blueprint.services.map((service) => ({ ...service, prefix: 'IO' })) };
  await expect(importBlueprint(sql, wrong)).rejects.toThrow('service_prefix_letters');
  expect(await listBranches(sql)).toEqual([]);
});

test('imports at the same time end in one of their blueprints, and each change counts once', async () => {
  const texts = [smallHall, smallHallWith('prefix: A', 'prefix: B'), shippedAs('asan', 'small-hall')];
  const reports = await Promise.all(
    Array.from({ length: 24 }, async (_, index) => await importBlueprint(sql, read(texts[index % texts.length]!))),
  );
  const revisions = reports.filter(({ changed }) => changed).map(({ revision }) => revision);
  expect(revisions.toSorted((a, b) => a - b)).toEqual(revisions.map((_, index) => index + 1));
  const exported = await exportBlueprint(sql, 'small-hall');
  expect(exported!.revision).toBe(revisions.length);
  expect(texts).toContain(writeBlueprint(exported!.blueprint));
});

test('an import that was overtaken finds its differences anew instead of mixing two blueprints', async () => {
  await importBlueprint(sql, read(smallHall));
  const texts = [smallHallWith('en: Tax\n', 'en: Revenue\n'), smallHallWith('fee: 12500.5', 'fee: 0')];
  const blocker = await sql.reserve();
  await blocker`begin`;
  await blocker`select from branch for update`;
  const importing = Promise.all(texts.map((text) => importBlueprint(sql, read(text))));
  await pidsOfWaiting(2); // both have compared with revision 1 and now want to write
  await blocker`commit`;
  blocker.release();
  expect((await importing).map(({ revision }) => revision).toSorted()).toEqual([2, 3]);
  expect(texts).toContain(writeBlueprint((await exportBlueprint(sql, 'small-hall'))!.blueprint));
});

const shippedAs = (name: string, branch: string): string =>
  shipped(name).replace(`branch: ${name}`, `branch: ${branch}`);

/** Every row of every table of the set-up. */
const everything = async (): Promise<unknown> => [
  await sql`select * from branch order by id`,
  await sql`select * from agency order by branch_id, id`,
  await sql`select * from service order by branch_id, id`,
  await sql`select * from priority_class order by branch_id, id`,
  await sql`select * from counter order by branch_id, id`,
  await sql`select * from counter_agency order by branch_id, counter_id, agency_id`,
  await sql`select * from counter_service order by branch_id, counter_id, service_id`,
];

/** Waits until so many backends of this database wait for a lock, and answers with their process ids. */
const pidsOfWaiting = async (count: number): Promise<number[]> => {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const waiting = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length === count) return waiting.map(({ pid }) => pid);
  }
  throw new Error(`no ${count} imports came to wait for the lock within 10 s`);
};
