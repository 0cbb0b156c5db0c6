import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBlueprint } from '@antrean/server/setup/export-blueprint.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { readSetup } from '@antrean/server/setup/read-setup.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import { setUpDemoHall } from '@antrean/server/start-up/set-up-demo-hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isTimeToOpen } from '@antrean/shared/domain/opening-hours.ts';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeHall } from '../harness/plain-hall.ts';
import { createTestDatabase } from '../harness/postgres.ts';

const demo = 'mpp-banyuwangi' as BranchId;
const folder = mkdtempSync(join(tmpdir(), 'antrean-test-demo-'));
const open: postgres.Sql[] = [];
const connect = async (): Promise<postgres.Sql> => {
  const sql = postgres(await createTestDatabase(inject('postgresUrl')), { max: 2, onnotice: () => {} });
  open.push(sql);
  return sql;
};
let sql: postgres.Sql;
beforeAll(async () => {
  sql = await connect();
  expect(await setUpDemoHall(sql, join(folder, 'demo'))).toBe(true);
});
afterAll(async () => {
  await Promise.all(open.map((each) => each.end({ timeout: 1 })));
  rmSync(folder, { recursive: true, force: true });
});

test('[DAY-6] whoever tries the demo takes a ticket at any hour: it opens by itself day and night, on all days', async () => {
  const { setup } = (await readSetup(sql, demo))!;
  // Over the week's end, Ramadan of the shipped blueprint, and New Year.
  for (const from of ['2025-03-26T00:00:00Z', '2026-12-25T00:00:00Z']) {
    for (let halfHour = 0; halfHour < 14 * 48; halfHour += 1) {
      const now = Date.parse(from) + halfHour * 30 * 60_000;
      expect(isTimeToOpen(setup, now), new Date(now).toISOString()).toBe(true);
    }
  }
});

test('the demo is a hall that a blueprint may describe, and stays what its users made of it', async () => {
  const { blueprint } = (await exportBlueprint(sql, demo))!;
  expect(parseBlueprint(writeBlueprint(blueprint)).faults).toBeUndefined();
  await sql`update branch set zone = 'Asia/Baku' where id = ${demo}`;
  expect(await setUpDemoHall(sql, join(folder, 'demo'))).toBe(true);
  expect((await readSetup(sql, demo))!.setup.zone).toBe('Asia/Baku');
});

test('an installation with a hall of its own does not become the demo', async () => {
  const own = await connect();
  await makeHall(own);
  expect(await setUpDemoHall(own, join(folder, 'own'))).toBe(false);
  expect(await readSetup(own, demo)).toBeNull();
});
