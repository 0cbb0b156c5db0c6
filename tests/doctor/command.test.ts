import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remedies } from '@antrean/server/doctor/remedy.ts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { createEmptyDatabase } from '../harness/postgres.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

const root = join(import.meta.dirname, '../..');
const nobody = 'redis://127.0.0.1:1';
let hall: TestHall;
let empty: string;
let data: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'antrean-doctor-'));
  empty = await createEmptyDatabase(inject('postgresUrl'));
  hall = await startTestHall();
  await openHall(hall.managers[0]!, 1);
  await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' });
  await hall.managers[0]!.post('/counters/C-1/call-next');
});
afterAll(async () => {
  await hall.stop();
  rmSync(data, { recursive: true });
});

/** Runs `antrean doctor` as somebody in a shell would, in an installation of nobody's. */
const doctor = (flags: readonly string[], env: Record<string, string>): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/command-line/antrean.ts', 'doctor', ...flags],
      { cwd: root, env: { PATH: process.env.PATH, ANTREAN_DATA: data, ...env }, timeout: 60_000 },
      (error, stdout, stderr) => resolve({ code: (error?.code as number | undefined) ?? 0, said: stdout + stderr }),
    );
  });
const stores = () => ({ DATABASE_URL: hall.databaseUrl, REDIS_URL: hall.redis.url });
const atServer = () => ['--address', hall.nodes[0]!.address];
const withoutScreens = () => ['--no-screens'];

test('all is sound: 0, and it says what it looked at', async () => {
  const { code, said } = await doctor(atServer(), stores());
  expect(said).toMatch(/^plain, version 4\n {2}checked {6}the ledger: 4 events with 1 tickets/);
  expect(said).toMatch(/checked {6}lines, board and feed in Redis/);
  expect(said).toMatch(/checked {6}a screen that joined at http/);
  expect(said).toMatch(/\nNothing is wrong\.\n$/);
  expect(said).not.toMatch(/WRONG|NOT CHECKED/);
  expect(code).toBe(0);
});

test('something is wrong: 1, with where it is and what to do', async () => {
  await hall.sql`update counter_seat set agent_id = 'somebody-else' where counter_id = 'C-1'`;
  const { code, said } = await doctor(withoutScreens(), stores());
  await hall.sql`update counter_seat set agent_id = 'agent-1' where counter_id = 'C-1'`;
  expect(said).toMatch(
    /WRONG I7 +plain: table counter_seat, counter C-1: it has agent somebody-else, the ledger agent/,
  );
  expect(said).toContain(`what to do   ${remedies.I7}`);
  expect(said).toMatch(/\n1 finding\.\n$/);
  expect(code).toBe(1);
});

test.each([
  [
    'Redis is away',
    withoutScreens,
    () => ({ ...stores(), REDIS_URL: nobody }),
    /NOT CHECKED +lines.*: Redis does not answer\. See that Redis runs/,
  ],
  [
    'no Redis is named',
    withoutScreens,
    () => ({ DATABASE_URL: hall.databaseUrl }),
    /NOT CHECKED +Redis: none .*REDIS_URL/,
  ],
  ['the server is away', () => ['--address', 'http://127.0.0.1:1'], stores, /NOT CHECKED +a screen .* See that this/],
  ['no server is named', () => [], stores, /NOT CHECKED +screens: .* --address/],
  [
    'Postgres is away',
    () => [],
    () => ({ ...stores(), DATABASE_URL: 'postgres://127.0.0.1:1/antrean' }),
    /^Nothing could be checked: .*See that Postgres runs/,
  ],
  [
    'the database is none of ours',
    () => [],
    () => ({ ...stores(), DATABASE_URL: empty }),
    /^Nothing could be checked: .*antrean migrate/,
  ],
  ['nothing runs here', () => [], () => ({}), /^Nothing could be checked: nothing is running here/],
] as const)('%s: 2, and it says so', async (_what, flags, env, words) => {
  const { code, said } = await doctor(flags(), env());
  expect(said).toMatch(new RegExp(words.source, 'm'));
  expect(said).not.toMatch(/WRONG|\n {4}at /);
  expect(code).toBe(2);
});

test('what is left out on purpose does not count as not checked', async () => {
  const { code, said } = await doctor(['--no-redis', '--no-screens'], { DATABASE_URL: hall.databaseUrl });
  expect(said).toMatch(/\nNothing is wrong\.\n$/);
  expect(code).toBe(0);
});
