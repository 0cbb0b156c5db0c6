import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { exportBlueprint } from '@antrean/server/setup/export-blueprint.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { anyBlueprint } from './any-blueprint.ts';

let sql: postgres.Sql;

beforeAll(async () => {
  sql = postgres(await createTestDatabase(inject('postgresUrl')), { max: 2 });
}, 60_000);

afterAll(async () => {
  await sql.end();
});

test('any valid blueprint is read from its file as it is', () => {
  fc.assert(
    fc.property(anyBlueprint, (blueprint) => {
      const { blueprint: read, faults } = parseBlueprint(writeBlueprint(blueprint));
      expect(faults).toBeUndefined();
      expect(read).toEqual(blueprint);
    }),
    { numRuns: 80 },
  );
}, 60_000);

test('any valid blueprint, imported over the one before it, comes back from the database as it is', async () => {
  let revision = 0;
  await fc.assert(
    fc.asyncProperty(anyBlueprint, async (blueprint) => {
      const first = await importBlueprint(sql, blueprint);
      if (first.changed) revision += 1;
      expect(first.revision).toBe(revision);
      const exported = await exportBlueprint(sql, 'any-hall');
      expect(exported).toEqual({ blueprint, revision });
      expect(writeBlueprint(exported!.blueprint)).toBe(writeBlueprint(blueprint));
      expect(await importBlueprint(sql, blueprint)).toMatchObject({ changed: false, revision });
    }),
    { numRuns: 100 },
  );
  expect(revision).toBeGreaterThan(90);
}, 120_000);
