import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { startRedis } from '@antrean/server/embedded/start-redis.ts';
import { freePort } from '@antrean/server/embedded/free-port.ts';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { buildScreens } from '../screens/build-screens.ts';
import { expectNothingRuns } from './processes.ts';
import { prepareStarts, type Starts } from './starts.ts';
import { type Held, lookUp, manage, takeTicket } from './visit-hall.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let starts: Starts;
let ticket: Held;
/** Takes every connection and never says a word. */
const silent = createServer();

beforeAll(async () => {
  starts = prepareStarts();
  await buildScreens();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const started = starts.start();
  ticket = await takeTicket(await manage(await started.open()));
  await started.interrupt();
});
afterAll(async () => {
  silent.close();
  await starts.remove();
});

const secret = 'open-sesame';
const addressOf = (server: typeof silent): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;

const freeAddress = async (): Promise<string> => `127.0.0.1:${await freePort()}`;

/** A start that must end with an answer in words, and leave nothing behind; never with what was set, it is a secret. */
const expectRefusal = async (env: Record<string, string>, words: RegExp): Promise<void> => {
  const refused = starts.start(['--port', '0'], env);
  expect(await refused.ended, refused.said()).toBe(1);
  expect(refused.said()).toMatch(words);
  expect(refused.said(), 'no trace of our code').not.toMatch(/^\s+at |node:internal/m);
  expect(refused.said()).not.toContain(secret);
  await expectNothingRuns(starts.data);
};

/** What was kept is kept, whatever was tried since. */
const expectHallIsWhole = async (): Promise<void> => {
  const started = starts.start();
  expect(await lookUp(await started.open(), ticket)).toBe(`${ticket.number} waiting`);
  await started.interrupt();
};

/** What is wrong with a setting, and the setting. */
type Wrong = readonly [what: string, url: () => string | Promise<string>];

test('settings that cannot be read', async () => {
  const wrong = { DATABASE_URL: `postgres://antrean:${secret}@localhost:54x2/antrean`, REDIS_URL: 'localhost' };
  await expectRefusal(wrong, /correct or unset them:\n {2}DATABASE_URL: The .*\n {2}REDIS_URL: The /);
});

test('DATABASE_URL with a wrong password', async () => {
  const url = new URL(inject('postgresUrl'));
  url.password = secret;
  const words = /DATABASE_URL cannot be used: Postgres refuses its user or password: correct them/;
  await expectRefusal({ DATABASE_URL: url.href }, words);
});

test.for<Wrong>([
  ['nothing listens', () => freeAddress()],
  ['nothing answers', () => addressOf(silent)],
])('DATABASE_URL where %s', async ([, address]) => {
  const words = /DATABASE_URL cannot be used: nothing answers at its address: is Postgres running, are host and port/;
  await expectRefusal({ DATABASE_URL: `postgres://antrean:${secret}@${await address()}/antrean` }, words);
});

test('REDIS_URL with a wrong password', async () => {
  const redis = await startRedis({ folder: join(dirname(starts.data), 'redis'), kind: 'redis-server' });
  const url = new URL(redis.url);
  url.password = secret;
  await expectRefusal({ REDIS_URL: url.href }, /REDIS_URL cannot be used: Redis refuses its user or password/);
  await redis.stop();
});

// Redis may be away at any time, and a hall that opens in the morning opens without it (docs/operations.md).
test.for<Wrong>([
  ['nothing listens', async () => `redis://127.0.0.1:${await freePort()}`],
  ['nothing answers', async () => `redis://${addressOf(silent)}`],
])('where %s at REDIS_URL the hall opens, works, and says what to look at', async ([, address]) => {
  const started = starts.start(['--port', '0'], { REDIS_URL: `redis://${await address()}` });
  const hall = await started.open();
  expect(started.said()).toMatch(/^Warning: the Redis of REDIS_URL does not answer: .*check its address/m);
  expect(await lookUp(hall, await takeTicket(await manage(hall)))).toMatch(/ waiting$/);
  expect(await started.interrupt()).toBe(0);
  await expectNothingRuns(starts.data);
});

test('HOST that is not of this machine', async () => {
  await expectRefusal({ HOST: '192.0.2.1' }, /HOST is no address of this machine .*: use 127\.0\.0\.1, 0\.0\.0\.0 or/);
});

test.skipIf(process.getuid?.() !== 0)('root is told where Postgres cannot reach the data folder', async () => {
  const hidden = join(dirname(starts.data), 'hidden');
  mkdirSync(hidden);
  chmodSync(hidden, 0o700);
  const words = /Postgres does not run as root, and no other user can reach .*: set ANTREAN_DATA to a folder/;
  await expectRefusal({ ANTREAN_DATA: join(hidden, 'data') }, words);
});

test('after all of it the hall is as it was', expectHallIsWhole);
