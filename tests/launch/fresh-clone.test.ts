import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { signIn } from '../harness/api.ts';
import { type Clone, cloneTree, removeLater } from './clone-tree.ts';
import { type Launched, newcomer, npmStart, type OpenHall, type User } from './launch.ts';
import { onlyNodeAndNpm } from './only-node-and-npm.ts';
import { expectNothingRuns, killAllIn, processIn, processesIn } from './processes.ts';
import { type Held, lookUp, manage, takeTicket } from './visit-hall.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const isRoot = process.getuid?.() === 0;

/** The user that owns nothing, where root runs the tests; else whoever does. */
const ordinaryUser = (): User | undefined => {
  const nobody = { uid: 65_534, gid: 65_534 };
  if (!isRoot) return undefined;
  if (spawnSync('npm', ['--version'], { cwd: '/', env: newcomer('/'), ...nobody }).status === 0) return nobody;
  console.log("npm belongs to root alone here: what is an ordinary user's part is run as root.");
  return undefined;
};

// One clone, installed once by an ordinary user; each test goes on where the one before it stopped.
const user = ordinaryUser();
let clone: Clone;
let started: Launched;
let hall: OpenHall;
const tickets: Held[] = [];

beforeAll(() => {
  clone = cloneTree(user);
});
afterAll(() => clone.remove());

const start = async (who: User | undefined = user, env: Record<string, string> = {}): Promise<void> => {
  started = npmStart({ ...clone, user: who }, env);
  hall = await started.open();
};

const stop = async (): Promise<void> => {
  expect([0, 130]).toContain(await started.interrupt());
  expect(started.said()).toMatch(/Stopping …\n(.*\n)*Stopped\.\s*$/);
  await expectNothingRuns(clone.checkout);
};

/** Takes one more ticket, which must be there from now on, whatever happens. */
const takeOneMore = async (): Promise<void> => void tickets.push(await takeTicket(await manage(hall)));

const expectTicketsAreThere = async (): Promise<void> => {
  expect(tickets).not.toHaveLength(0);
  for (const ticket of tickets) expect(await lookUp(hall, ticket)).toBe(`${ticket.number} waiting`);
};

test('with nothing but Node and npm `npm start` installs, says how it goes on, and opens a hall', async () => {
  const { PATH = '' } = newcomer(clone.home);
  await start(user, { PATH: onlyNodeAndNpm(join(clone.home, 'bin'), PATH) });
  console.log(`from a fresh clone with an empty home to an open hall: ${hall.seconds.toFixed(1)} s`);
  const steps = ['Installing the packages', 'Progress: ', 'Building the screens', 'Starting Postgres and Redis'];
  const places = [...steps, 'Antrean is running', 'Demo accounts'].map((step) => started.said().indexOf(step));
  expect(places).not.toContain(-1);
  expect(places, 'one after the other').toEqual(places.toSorted((a, b) => a - b));
  expect(started.said()).toContain('Note: no redis-server is installed, so a stand-in inside the process is used');
});

test('each printed address answers with a page', async () => {
  expect(Object.keys(hall.pages)).toEqual(['Lobby TV', 'Kiosk', 'Counter', 'Manager']);
  for (const [name, page] of Object.entries(hall.pages)) {
    const answer = await fetch(page);
    expect(answer.status, name).toBe(200);
    expect(answer.headers.get('content-type'), name).toContain('text/html');
    const [, script] = /<script[^>]+src="([^"]+)"/.exec(await answer.text()) ?? [];
    expect((await fetch(new URL(script ?? '', page))).status, `the script of ${name}`).toBe(200);
  }
});

test('each printed account can sign in, and somebody can take a ticket', async () => {
  expect(hall.accounts.map(({ role }) => role).sort()).toEqual(['administrator', 'agent', 'agent', 'agent', 'manager']);
  for (const { login, password } of hall.accounts) await signIn(hall.address, 'any', login, password);
  await takeOneMore();
  await expectTicketsAreThere();
});

test('Ctrl+C stops everything that was started', async () => {
  const running = processesIn(clone.checkout).map(({ commandLine }) => commandLine);
  expect(running.join('\n')).toMatch(/postgres.* -D /);
  await stop();
});

test('the second start is quick, finds the tickets, and has new passwords', async () => {
  const before = hall.accounts.map(({ password }) => password);
  await start();
  // Five seconds are promised, to a machine that does nothing else: here the number is told, not judged.
  console.log(`second start: ${hall.seconds.toFixed(1)} s`);
  expect(started.said()).not.toMatch(/Installing|Building/);
  await expectTicketsAreThere();
  for (const { password } of hall.accounts) expect(before).not.toContain(password);
});

test('a start beside it is refused in words, and the hall goes on', async () => {
  const second = npmStart(clone);
  expect(await second.ended).toBe(1);
  expect(second.said()).toMatch(/Antrean is running already with this data .*stop it first, or set ANTREAN_DATA/);
  expect(second.said(), 'no trace of our code').not.toMatch(/^\s+at /m);
  await expectTicketsAreThere();
});

test('after `kill -9` of the server `npm start` ends, and the next one has every ticket', async () => {
  await takeOneMore();
  process.kill(processIn(clone.checkout, 'antrean.ts start').pid, 'SIGKILL');
  expect(await started.ended).not.toBe(0);
  // Postgres is alone now, and must not keep the next start from its data.
  expect(processesIn(clone.checkout)).not.toHaveLength(0);
  await start();
  await expectTicketsAreThere();
});

test('after `kill -9` of everything at once the next start has every ticket', async () => {
  await takeOneMore();
  await killAllIn(clone.checkout);
  await start();
  await expectTicketsAreThere();
});

test('when only npm is killed, nothing is left behind', async () => {
  await takeOneMore();
  process.kill(started.pid, 'SIGKILL');
  await expectNothingRuns(clone.checkout);
});

test('Ctrl+C in the middle of a start leaves nothing behind and breaks nothing', async () => {
  started = npmStart(clone);
  await started.waitFor('Starting Postgres and Redis');
  await stop();
  expect(started.said(), 'no hall is announced any more').not.toContain('Antrean is running');
  await start();
  await expectTicketsAreThere();
  await stop();
});

test('`npm start` hands the settings on, and a wrong one is refused in words', async () => {
  const refused = npmStart(clone, { DATABASE_URL: 'localhost' });
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toMatch(/^ {2}DATABASE_URL: The Postgres to use/m);
});

// Root may write everywhere.
test.skipIf(isRoot && !user)('a data folder that cannot be written is refused in words', async () => {
  const folder = join(clone.home, 'read-only');
  mkdirSync(folder);
  chmodSync(folder, 0o555);
  const refused = npmStart(clone, { ANTREAN_DATA: join(folder, 'data') });
  expect(await refused.ended).toBe(1);
  const words =
    /the data folder .*read-only\/data cannot be written \(EACCES.*: make .*read-only writable, or set ANTREAN_/;
  expect(refused.said()).toMatch(words);
  expect(refused.said(), 'no trace of our code').not.toMatch(/^\s+at /m);
  expect(readdirSync(folder)).toEqual([]);
  await expectNothingRuns(clone.checkout);
});

test.skipIf(!user)('root finds the hall that an ordinary user began, and leaves it theirs', async () => {
  // In a home that nobody else may enter, as homes are.
  chmodSync(clone.parent, 0o700);
  await start({ uid: 0, gid: 0 });
  expect(started.said()).not.toContain('the data is kept in');
  await expectTicketsAreThere();
  await stop();
  await start();
  await expectTicketsAreThere();
  await stop();
});

// Whoever is not root runs Postgres as themselves, and reaches their own home.
test.skipIf(!isRoot)('root in a folder that others may enter, or may not, has a hall too', async () => {
  chownSync(clone.parent, 0, 0);
  renameSync(join(clone.checkout, '.antrean'), join(clone.home, 'of the ordinary user'));
  const root = { uid: 0, gid: 0 };
  const elsewhere = (): string | undefined =>
    /^Note: the data is kept in (\S+): Postgres does not run as root/m.exec(started.said())?.[1];

  chmodSync(clone.parent, 0o755);
  await start(root);
  expect(elsewhere()).toBeUndefined();
  await stop();

  chmodSync(clone.parent, 0o700);
  await start(root);
  const data = elsewhere();
  if (data === undefined) throw new Error(`it does not say where the data is:\n${started.said()}`);
  onTestFinished(() => removeLater(data));
  const ticket = await takeTicket(await manage(hall));
  await stop();
  await expectNothingRuns(data);
  await start(root);
  expect(await lookUp(hall, ticket)).toBe(`${ticket.number} waiting`);
  await stop();
});
