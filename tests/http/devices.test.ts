import type { DeviceKind, DevicesView, DeviceView } from '@antrean/shared/protocol/devices.ts';
import { startNode } from '@antrean/server/node.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginPairing, letIn } from '../harness/let-in.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { testSeal } from '../harness/test-seal.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestScreen } from '../harness/test-screen.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let address: string;
let manager: Record<string, string>;
const { openScreens: _, ...paired } = plainHall.rules;

beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2, blueprint: { ...plainHall, rules: paired } });
  address = hall.nodes[0]!.address;
  manager = hall.managers[0]!.headers;
  await importBlueprint(hall.sql, { ...plainHall, branch: 'open' });
  for (const branch of [hall.branchId, 'open']) {
    await ask(`${address}/v1/branches/${branch}/day/open`, 'POST', {
      headers: manager,
      body: { commandId: crypto.randomUUID() },
    });
  }
});
afterAll(() => hall?.stop());

const inHall = (path: string, headers: Record<string, string>, body?: object, branch = hall.branchId, at = address) =>
  ask(`${at}/v1/branches/${branch}${path}`, body ? 'POST' : 'GET', { headers, ...(body && { body }) });
const issue = (headers: Record<string, string>, branch = hall.branchId, commandId = crypto.randomUUID()) =>
  inHall('/tickets', headers, { commandId, serviceId: 'S-0' }, branch);
const newDevice = (kind: DeviceKind, branch = hall.branchId) => letIn(address, branch, manager, { kind });
const stateOf = async (cookie: string, at = address): Promise<unknown> =>
  (await ask(`${at}/v1/device`, 'GET', { headers: { cookie } })).body?.state;
const report = (cookie: string, at = address): Promise<Answer> =>
  ask(`${at}/v1/device/health`, 'POST', {
    headers: { cookie },
    body: { version: 5, width: 1920, height: 1080, sound: 'none' },
  });
const managerNamed = async (login: string) => ({
  cookie: await signedIn(hall.sql, address, { login, role: 'manager', branchId: hall.branchId }),
});
const actionsOf = async (subject: string): Promise<unknown[]> =>
  (await hall.sql`select action, role, by from audit_entry where subject = ${subject} order by seq`).map((row) => ({
    ...row,
  }));

describe('[DEVICE-1] a code', () => {
  test('is typed by a manager, who sees what asks before letting it in', async () => {
    const { pairing, cookie } = await beginPairing(address, 'display');
    expect(pairing.code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    expect(pairing.picture).toMatch(/^\p{L}+ – \p{L}+$/u);
    expect(pairing.expiresAt - pairing.at).toBe(600_000);
    expect(await stateOf(cookie)).toBe('waiting');
    const typed = ` ${pairing.code.toLowerCase().replace('-', ' ')} `;
    const shown = await inHall('/device-pairings/show', manager, { code: typed });
    expect(shown.body).toEqual({
      kind: 'display',
      picture: pairing.picture,
      address: '127.0.0.1',
      browser: expect.any(String),
    });
    const made = await inHall('/devices', manager, { code: typed, name: 'Lobby', area: 'Zone A' });
    expect(made.status, made.text).toBe(201);
    const state = await ask(`${address}/v1/device`, 'GET', { headers: { cookie } });
    const own = { kind: 'display', name: 'Lobby', area: 'Zone A', screenId: null, printerId: null, printsByUsb: false };
    const device = { id: made.body?.id, branchId: hall.branchId, ...own };
    expect(state.body).toEqual({ state: 'paired', device });
    expect(await actionsOf(made.body?.id as string)).toEqual([
      { action: 'device.approved', role: 'manager', by: 'manager' },
    ]);
  });

  test('is good once, for ten minutes, and nobody learns why it is not', async () => {
    const used = await beginPairing(address, 'kiosk');
    expect((await inHall('/devices', manager, { code: used.pairing.code, name: 'First' })).status).toBe(201);
    const late = await beginPairing(address, 'kiosk');
    await hall.sql`update device_pairing set expires_at = now() - interval '1 s'`;
    expect(await stateOf(late.cookie)).toBe('none');
    const who = await managerNamed('hasty');
    const asked = [used.pairing.code, late.pairing.code, 'ABCD-EFGH'].flatMap((code) => [
      inHall('/devices', who, { code, name: 'Again' }),
      inHall('/device-pairings/show', who, { code }),
    ]);
    const answers = await Promise.all(asked);
    // Five wrong ones, of which each was told the same; the sixth has to wait.
    expect(answers.map(({ status }) => status).sort()).toEqual([404, 404, 404, 404, 404, 429]);
    const wrong = answers.filter(({ status }) => status === 404);
    for (const answer of wrong) expect(answer.text).toBe(wrong[0]!.text);
    expectProblem(wrong[0]!, 404, 'PAIRING_UNKNOWN');
  });

  test('lets one in when two managers type it at once', async () => {
    const [one, two] = [await managerNamed('one'), await managerNamed('two')];
    for (let turn = 0; turn < 5; turn++) {
      const { pairing } = await beginPairing(address, 'display');
      const answers = await Promise.all(
        [one, two].map((who) => inHall('/devices', who, { code: pairing.code, name: 'Both' })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
    }
  });

  test(
    'is not found by guessing: 1,000 guesses, none right, and nearly all turned away',
    { timeout: 60_000 },
    async () => {
      const guesser = await managerNamed('guesser');
      for (let count = 0; count < 20; count++) await beginPairing(address, 'kiosk');
      const before = await hall.sql`select count(*)::int as count from device`;
      const counts = new Map<number, number>();
      const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
      for (let turn = 0; turn < 50; turn++) {
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) => {
            const code = Array.from({ length: 8 }, () => alphabet[Math.floor(Math.random() * 31)]).join('');
            return index % 2
              ? inHall('/devices', guesser, { code, name: 'Guessed' })
              : inHall('/device-pairings/show', guesser, { code }, hall.branchId, hall.nodes[turn % 2]!.address);
          }),
        );
        for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
      }
      // Tries at once are tried one after another on each of the two nodes.
      expect(counts.get(404)).toBeLessThanOrEqual(6);
      expect(counts.get(404)! + counts.get(429)!).toBe(1_000);
      expect(await hall.sql`select count(*)::int as count from device`).toEqual(before);
    },
  );
});

describe('[DEVICE-2] the secret of a device', () => {
  test('is a cookie that no script sees, and in the database only as a hash', async () => {
    const answer = await ask(`${address}/v1/device-pairings`, 'POST', { body: { kind: 'display' } });
    const [set] = answer.headers.getSetCookie();
    expect(set).toMatch(/^antrean-device=[\w-]{43}; .*HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    const token = /=([^;]+)/.exec(set!)![1]!;
    expect(answer.text).not.toContain(token);
    const rows =
      await hall.sql`select row(t.*)::text as line from device_pairing t union all select row(t.*)::text from device t`;
    expect(rows.length).toBeGreaterThan(0);
    for (const { line } of rows) expect(line).not.toContain(token);
  });

  test('is replaced after thirty days, and a lost answer strands no screen', async () => {
    const { device, cookie } = await newDevice('display');
    expect((await report(cookie)).headers.getSetCookie()).toEqual([]);
    await hall.sql`update device set token_at = now() - interval '31 days' where id = ${device.id}`;
    const lost = await report(cookie);
    expect(lost.headers.getSetCookie()).toHaveLength(1);
    // The answer was lost: the old one goes on, and for a while no other is made that could come before the first.
    expect((await report(cookie)).headers.getSetCookie()).toEqual([]);
    await hall.sql`update device set next_token_at = now() - interval '6 minutes' where id = ${device.id}`;
    const again = (await report(cookie)).headers.getSetCookie()[0]!.split(';')[0]!;
    expect(again).not.toBe(lost.headers.getSetCookie()[0]!.split(';')[0]);
    expect([await stateOf(cookie), await stateOf(again)]).toEqual(['paired', 'paired']);
    expect((await report(again)).headers.getSetCookie()).toEqual([]);
    // From its first use on it is the only one.
    await expect.poll(() => stateOf(cookie)).toBe('none');
    expect((await report(again)).status).toBe(200);
    expect(await stateOf(again)).toBe('paired');
    expect(await actionsOf(device.id)).toEqual([
      { action: 'device.approved', role: 'manager', by: 'manager' },
      ...Array.from({ length: 2 }, () => ({ action: 'device.token-rotated', role: 'display', by: null })),
    ]);
  });

  test('is not taken from a page of somebody else', async () => {
    const { cookie } = await newDevice('kiosk');
    const headers = { cookie, origin: 'https://evil.example' };
    expectProblem(await issue(headers), 403, 'FOREIGN_ORIGIN');
    expectProblem(
      await ask(`${address}/v1/device-pairings`, 'POST', { headers, body: { kind: 'kiosk' } }),
      403,
      'FOREIGN_ORIGIN',
    );
  });
});

describe('[DEVICE-4] a device', () => {
  test('that is taken back is cut off within two seconds on both nodes, and is none any more', async () => {
    const { device, cookie } = await newDevice('display');
    const screens = hall.nodes.map((node) => startTestScreen(node.address, hall.branchId, { headers: { cookie } }));
    const gone: number[] = [];
    for (const { socket } of screens) {
      await expect.poll(() => socket.connected, { timeout: 10_000 }).toBe(true);
      socket.on('disconnect', () => gone.push(Date.now()));
    }
    const at = Date.now();
    const revoked = await ask(`${address}/v1/branches/${hall.branchId}/devices/${device.id}/revoke`, 'POST', {
      headers: manager,
    });
    expect(revoked.status, revoked.text).toBe(204);
    await expect.poll(() => gone.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2);
    expect(Math.max(...gone.slice(0, 2)) - at).toBeLessThan(2_000);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(screens.map(({ socket }) => socket.connected)).toEqual([false, false]);
    for (const { close } of screens) close();
    expect(await stateOf(cookie)).toBe('none');
    expectProblem(await report(cookie, hall.nodes[1]!.address), 401, 'DEVICE_NEEDED');
    expect((await actionsOf(device.id)).map((entry) => (entry as { action: string }).action)).toEqual([
      'device.approved',
      'device.revoked',
    ]);
  });

  test('has a name that managers change, and says how it is', async () => {
    const { device, cookie } = await newDevice('kiosk');
    expect((await report(cookie)).status).toBe(200);
    const renamed = await inHall(`/devices/${device.id}`, manager, { name: 'Kiosk 2', area: 'Entrance' });
    expect(renamed.body).toMatchObject({ name: 'Kiosk 2', area: 'Entrance' });
    const list = (await inHall('/devices', manager)).body as unknown as DevicesView;
    const found = list.devices.find(({ id }) => id === device.id)!;
    expect(found).toMatchObject({
      name: 'Kiosk 2',
      area: 'Entrance',
      health: { version: 5, width: 1920, sound: 'none' },
    });
    expect(Math.abs(found.seenAt! - list.at)).toBeLessThan(5_000);
    expectProblem(await inHall('/devices/nothing', manager, { name: 'x' }), 404, 'DEVICE_UNKNOWN');
    expectProblem(await inHall(`/devices/${device.id}`, manager, { name: 'x' }, 'open'), 404, 'DEVICE_UNKNOWN');
  });
});

test('[VOICE-8] a test of the sound reaches a screen of another node in two seconds, once, and its answer the list', async () => {
  const { device, cookie } = await newDevice('display');
  const screens = hall.nodes.map((node) => startTestScreen(node.address, hall.branchId, { headers: { cookie } }));
  const told: number[][] = screens.map(() => []);
  for (const [index, { socket }] of screens.entries()) socket.on('soundTest', (at: number) => told[index]!.push(at));
  await expect.poll(() => screens.every(({ socket }) => socket.connected)).toBe(true);
  const path = `/devices/${device.id}/test-sound`;
  const at = Date.now();
  const asked = (await inHall(path, manager, {})).body as unknown as DeviceView;
  expect(asked.soundTest).toEqual({ askedAt: expect.any(Number), answer: null, answeredAt: null });
  await expect.poll(() => told.every((each) => each.length > 0), { timeout: 5_000 }).toBe(true);
  expect(Date.now() - at).toBeLessThan(2_500);

  const { askedAt } = asked.soundTest!;
  const answer = (body: object, headers: Record<string, string> = { cookie }) =>
    ask(`${hall.nodes[1]!.address}/v1/device/sound-test`, 'POST', { headers, body });
  const listed = async () =>
    ((await inHall('/devices', manager)).body as unknown as DevicesView).devices.find(({ id }) => id === device.id)!
      .soundTest;
  // To a test before this one, or from somebody who is no device.
  expect((await answer({ askedAt: askedAt - 1, answer: 'played' })).status).toBe(204);
  expectProblem(await answer({ askedAt, answer: 'played' }, {}), 401, 'DEVICE_NEEDED');
  expect(await listed()).toMatchObject({ answer: null });
  expect((await answer({ askedAt, answer: 'played' })).status).toBe(204);
  const found = await listed();
  expect(found).toMatchObject({ askedAt, answer: 'played' });
  expect(found!.answeredAt).toBeGreaterThan(askedAt);
  expect(told).toEqual([[askedAt], [askedAt]]);
  for (const { close } of screens) close();
  expectProblem(await inHall('/devices/nothing/test-sound', manager, {}), 404, 'DEVICE_UNKNOWN');
});

describe('[DEVICE-5] without a device', () => {
  test('nobody but staff issues tickets or follows the board, unless the screens are open', async () => {
    expectProblem(await issue({}), 401, 'DEVICE_NEEDED');
    expect((await issue({}, 'open')).status).toBe(201);
    expect((await issue(manager)).status).toBe(201);
    const { cookie } = await newDevice('kiosk');
    expect((await issue({ cookie })).status).toBe(201);
    const [actor] = await hall.sql`select actor from ticket_event where type = 'ticket.issued'
      and branch_id = ${hall.branchId} order by version desc limit 1`;
    expect(actor?.actor).toEqual({ kind: 'kiosk' });
    const display = await newDevice('display');
    expectProblem(await issue({ cookie: display.cookie }), 403, 'NOT_ALLOWED');
    const elsewhere = await newDevice('display', 'open');
    expect((await ask(`${address}/v1/branches/${hall.branchId}/board`, 'GET')).status).toBe(200);
    const follows = async (headers: Record<string, string>, branch = hall.branchId): Promise<string> => {
      const screen = startTestScreen(address, branch, { headers });
      const outcome = await new Promise<string>((resolve) => {
        screen.socket.on('connect', () => resolve('connected'));
        screen.socket.on('connect_error', ({ message }) => resolve(message));
      });
      screen.close();
      return outcome;
    };
    expect(await follows({})).toBe('NOT_ALLOWED');
    expect(await follows({ cookie: elsewhere.cookie })).toBe('NOT_ALLOWED');
    expect(await follows({ cookie: display.cookie })).toBe('connected');
    expect(await follows({ cookie })).toBe('connected');
    expect(await follows(manager)).toBe('connected');
    expect(await follows({}, 'open')).toBe('connected');
  });

  test('who was let in stays so when the server starts again', async () => {
    const { cookie } = await newDevice('kiosk');
    const waiting = await beginPairing(address, 'display');
    const again = await startNode({
      databaseUrl: hall.databaseUrl,
      redisUrl: hall.redis.url,
      host: '127.0.0.1',
      port: 0,
      seal: testSeal,
      log: createLog('fatal'),
      servesScreens: false,
    });
    try {
      expect(await stateOf(cookie, again.address)).toBe('paired');
      expect(await stateOf(waiting.cookie, again.address)).toBe('waiting');
      const body = { code: waiting.pairing.code, name: 'After' };
      expect((await inHall('/devices', manager, body, hall.branchId, again.address)).status).toBe(201);
      await expect.poll(() => stateOf(waiting.cookie)).toBe('paired');
    } finally {
      await again.close();
    }
  });
});

test('[DEVICE-6] a kiosk that floods the hall is asked to wait, on all nodes together, and staff are not', async () => {
  const { cookie } = await newDevice('kiosk');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      inHall(
        '/tickets',
        { cookie, 'accept-language': 'id' },
        { commandId: crypto.randomUUID(), serviceId: 'S-1' },
        hall.branchId,
        hall.nodes[index % 2]!.address,
      ),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(201), ...Array(7).fill(429)]);
  const refused = answers.find(({ status }) => status === 429)!;
  expectProblem(refused, 429, 'KIOSK_BUSY');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.body?.message).toContain('Mohon tunggu');
  for (let count = 0; count < 12; count++) expect((await issue(manager)).status).toBe(201);
  const other = await newDevice('kiosk');
  expect((await issue({ cookie: other.cookie })).status).toBe(201);
});

// The last: from here on this address has to wait.
test('[DEVICE-1] codes are asked for a hundred times from one address, not without end', async () => {
  const asked = await Promise.all(
    Array.from({ length: 110 }, () => ask(`${address}/v1/device-pairings`, 'POST', { body: { kind: 'kiosk' } })),
  );
  const refused = asked.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(10);
  expectProblem(refused[0]!, 429, 'TOO_MANY_TRIES');
});
