import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

const root = join(import.meta.dirname, '../..');
let hall: TestHall;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antrean-import-'));
  hall = await startTestHall();
  await openHall(hall.managers[0]!, 2);
});
afterAll(async () => {
  await hall.stop();
  rmSync(folder, { recursive: true });
});

/** Runs `antrean blueprint import` as somebody in a shell would. */
const importAs = (blueprint: Blueprint): Promise<{ code: number; said: string }> => {
  const file = join(folder, 'hall.yaml');
  writeFileSync(file, writeBlueprint(blueprint));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/command-line/antrean.ts', 'blueprint', 'import', file],
      { cwd: root, env: { PATH: process.env.PATH, DATABASE_URL: hall.databaseUrl }, timeout: 60_000 },
      (error, stdout, stderr) => resolve({ code: (error?.code as number | undefined) ?? 0, said: stdout + stderr }),
    );
  });
};
const revision = async () => (await hall.sql`select revision from branch`)[0]?.revision as number;
const without = (serviceId: string, counterId?: string): Blueprint => ({
  ...plainHall,
  services: plainHall.services.filter(({ id }) => id !== serviceId),
  counters: plainHall.counters.filter(({ id }) => id !== counterId),
});

test('[SETUP-2] nobody is left stranded: what people wait for and sit at stays until they are gone', async () => {
  const issued = await hall.visitors[0]!.post('/tickets', { serviceId: 'S-1' });
  const { id } = issued.body.ticket as { id: string };
  const refused = await importAs(without('S-1', 'C-2'));
  expect(refused.said).toContain('hall.yaml: nobody can call B001, here for service S-1, which the set-up does not');
  expect(refused.said).toContain('hall.yaml: counter C-2 is open for agent-2, but the set-up does not have it');
  expect(refused.said).toContain('nothing was changed: let these people be served first');
  expect(refused.code).toBe(1);
  expect(await revision()).toBe(1);

  // What nobody waits for may go at once, and the servers work with it.
  expect(await importAs(without('S-2'))).toMatchObject({ code: 0, said: expect.stringContaining('1 retired') });
  expect((await hall.visitors[0]!.post('/tickets', { serviceId: 'S-2' })).status).toBe(404);

  await hall.managers[0]!.post(`/tickets/${id}/cancel`);
  await hall.managers[0]!.post('/counters/C-2/close');
  expect((await importAs(without('S-1', 'C-2'))).code).toBe(0);
  expect(await revision()).toBe(3);
}, 60_000);

test('[SETUP-2] what a visit is served for, and what it still has before it, stays too', async () => {
  const manager = hall.managers[0]!;
  const { body } = await manager.post('/tickets', { serviceId: 'S-6' });
  const { id, number } = body.ticket as { id: string; number: string };
  await manager.post('/counters/C-1/call-next');
  expect((await manager.post(`/tickets/${id}/legs`, { serviceId: 'S-7' })).status).toBe(200);
  expect((await importAs(without('S-6'))).said).toContain(`nobody can call ${number}, here for service S-6`);
  expect((await importAs(without('S-7'))).said).toContain(`nobody can call ${number}, here for service S-7`);

  // Who was missed does not come back in this hall, so nothing is kept for them.
  expect((await manager.post('/counters/C-1/miss')).status).toBe(200);
  expect((await importAs(without('S-7'))).code).toBe(0);
}, 60_000);

test('[SETUP-2] after the day is closed anything may change', async () => {
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-3' });
  expect((await importAs(without('S-3'))).said).toContain('nothing was changed');
  expect((await hall.managers[0]!.post('/day/close')).status).toBe(200);
  expect((await importAs(without('S-3'))).code).toBe(0);
}, 60_000);
