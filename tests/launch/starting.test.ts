import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@antrean/server/embedded/free-port.ts';
import { usualPort } from '@antrean/server/start-up/choose-port.ts';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { createEmptyDatabase } from '../harness/postgres.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { expectNothingRuns } from './processes.ts';
import { prepareStarts, type Starts } from './starts.ts';
import { lookUp, manage, takeTicket } from './visit-hall.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let starts: Starts;

beforeAll(async () => {
  starts = prepareStarts();
  await buildScreens();
});
afterAll(() => starts.remove());

/** Something else on a port, as a developer's machine is full of; that the port has been taken already is as good. */
const occupy = async (port: number): Promise<Server & AsyncDisposable> => {
  const other = createServer();
  other.listen(port, '127.0.0.1');
  await Promise.race([once(other, 'listening'), once(other, 'error')]).catch(() => {});
  return other;
};

test('where the usual port is taken another is used, and it says so', async () => {
  await using _other = await occupy(usualPort);
  const started = starts.start([]);
  const { address } = await started.open();
  expect(started.said()).toMatch(new RegExp(`^Note: port ${usualPort} is taken; using (\\d+|any free one)\\.$`, 'm'));
  expect(Number(new URL(address).port)).not.toBe(usualPort);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  await started.interrupt();
});

test('a port that is named is that port, or an error that leaves nothing behind', async () => {
  const port = await freePort();
  const started = starts.start(['--port', String(port)]);
  expect((await started.open()).address).toBe(`http://127.0.0.1:${port}`);
  expect(await started.interrupt()).toBe(0);

  await using other = await occupy(0);
  const { port: taken } = other.address() as AddressInfo;
  for (const refused of [starts.start(['--port', String(taken)]), starts.start([], { PORT: String(taken) })]) {
    // One after the other: both want the same data.
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toContain(`port ${taken} is taken by another program: name another one (--port or PORT`);
    expect(refused.said()).not.toMatch(/^\s+at /m);
  }
  await expectNothingRuns(starts.data);
});

test('a port that is no port is an error', async () => {
  const refused = starts.start(['--port', '80a']);
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toContain('A port is a number from 0 to 65535.');
});

test('--fresh begins anew, says so, and deletes nothing that is not ours', async () => {
  const before = starts.start();
  const old = await before.open();
  const ticket = await takeTicket(await manage(old));
  await before.interrupt();
  const ofSomebody = join(starts.data, 'notes.txt');
  writeFileSync(ofSomebody, 'the key of the hall is at the gate');

  const fresh = starts.start(['--port', '0', '--fresh']);
  const hall = await fresh.open();
  expect(fresh.said()).toContain('Beginning anew: the data of earlier runs is deleted');
  expect(await lookUp(hall, ticket)).toBe('404');
  const again = await takeTicket(await manage(hall));
  expect(again.number, 'numbers begin anew too').toBe(ticket.number);
  await fresh.interrupt();
  expect(existsSync(ofSomebody)).toBe(true);
});

test('--fresh does not touch a database that is not ours', async () => {
  const database = await createEmptyDatabase(inject('postgresUrl'));
  const sql = postgres(database, { max: 1 });
  await sql`create table of_somebody (name text)`;
  const refused = starts.start(['--fresh'], { DATABASE_URL: database });
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toContain('--fresh deletes only data of our own: unset DATABASE_URL');
  expect(await sql`select table_name from information_schema.tables where table_schema = 'public'`).toEqual([
    { table_name: 'of_somebody' },
  ]);
  await sql.end();
});

test('a real installation prints a code for its first administrator, and no more once there is one', async () => {
  const real = { ANTREAN_DATA: 'data/real', NODE_ENV: 'production' };
  const codeIn = (said: string): string | undefined =>
    /enter the code\n\n {2}((?:[a-z0-9]{4}-){3}[a-z0-9]{4})\n/.exec(said)?.[1];
  const started = starts.start(['--port', '0'], real);
  await waitUntil('the code is printed', () => codeIn(started.said()) !== undefined, { withinMs: 60_000 });
  const [, address = ''] = /open (http:\/\/[\w.]+:\d+)\/set-up and enter the code/.exec(started.said()) ?? [];
  expect(started.said()).not.toContain('Demo accounts');
  expect((await fetch(`${address}/v1/branches`)).status).toBe(503);
  const made = await fetch(`${address}/v1/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code: codeIn(started.said()),
      login: 'siti',
      displayName: 'Siti',
      password: 'seven quiet herons fly',
    }),
  });
  expect(made.status).toBe(201);
  expect((await fetch(`${address}/v1/branches`)).status).toBe(200);
  expect(await started.interrupt()).toBe(0);

  const again = starts.start(['--port', '0'], real);
  await again.waitFor('/api');
  expect(await again.interrupt()).toBe(0);
  expect(again.said()).not.toContain('enter the code');
});

test('--simulate gets tickets moving without anybody else', async () => {
  const started = starts.start(['--port', '0', '--simulate']);
  const { get } = await manage(await started.open());
  const isCalled = async (): Promise<boolean> => {
    const { entries } = (await get('/board')).body as { entries: [string, unknown][] };
    return entries.some(([key]) => key.startsWith('call/'));
  };
  await waitUntil('a ticket is called', isCalled, { withinMs: 90_000, everyMs: 200 });
  expect(await started.interrupt()).toBe(0);
  expect(started.said()).not.toContain('the simulation pauses');
  await expectNothingRuns(starts.data);
});

test('the data folder may be named from where one stands', async () => {
  const inside = join(starts.data, 'inside');
  mkdirSync(inside);
  const started = starts.start(['--port', '0'], { ANTREAN_DATA: 'data/inside' });
  await started.open();
  await started.interrupt();
  expect(existsSync(join(inside, 'postgres'))).toBe(true);
});
