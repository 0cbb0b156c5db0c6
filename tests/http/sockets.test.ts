import {
  AsideEntry,
  CallEntry,
  CounterEntry,
  DayEntry,
  DeskEntry,
  Heartbeat,
  LineEntry,
  MissedEntry,
  Patch,
  SetupEntry,
  Snapshot,
  TotalsEntry,
  UndoEntry,
  VisitEntry,
} from '@antrean/shared/protocol/screens.ts';
import { hashEntries } from '@antrean/shared/views/entries.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { io, type Socket } from 'socket.io-client';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ask } from './ask.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let address: string;
const open: Socket[] = [];
beforeAll(async () => {
  hall = await startTestHall();
  address = hall.nodes[0]!.address;
  await importBlueprint(hall.sql, { ...plainHall, branch: 'other' });
  await hall.managers[0]!.post('/day/open');
});
afterEach(() => open.splice(0).forEach((socket) => socket.disconnect()));
afterAll(() => hall?.stop());

const connect = (auth: object, headers: Record<string, string> = {}, transports = ['websocket']): Socket => {
  const socket = io(address, { transports, forceNew: true, reconnection: false, auth, extraHeaders: headers });
  open.push(socket);
  return socket;
};

/** `connected`, or why not. */
const outcomeOf = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.on('connect', () => resolve('connected'));
    socket.on('connect_error', (error) => resolve(error.message));
  });

/** The next message of a kind. */
const next = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => socket.once(event, resolve));

const newCookie = (login: string, branchId: string | null): Promise<string> =>
  signedIn(hall.sql, address, { login, role: 'agent', branchId });

describe('who is let in', () => {
  test('everybody to the board, staff of the branch to the floor, nobody else', async () => {
    const { branchId } = hall;
    const board = { audience: 'board', branchId };
    const floor = { audience: 'floor', branchId };
    const [own, other, free] = [
      await newCookie('ani', branchId),
      await newCookie('budi', 'other'),
      await newCookie('citra', null),
    ];
    expect(await outcomeOf(connect(board))).toBe('connected');
    expect(await outcomeOf(connect(floor, { cookie: own }))).toBe('connected');
    expect(await outcomeOf(connect(floor, { cookie: free }))).toBe('connected');
    expect(await outcomeOf(connect(floor))).toBe('NOT_ALLOWED');
    expect(await outcomeOf(connect(floor, { cookie: other }))).toBe('NOT_ALLOWED');
    expect(await outcomeOf(connect(floor, { cookie: 'antrean-session=made-up' }))).toBe('NOT_ALLOWED');
    expect(await outcomeOf(connect({ ...board, branchId: 'nowhere' }))).toBe('BRANCH_UNKNOWN');
  });

  test('a handshake that is not as the schema has it', async () => {
    const right = { audience: 'board', branchId: hall.branchId };
    for (const wrong of [
      {},
      { branchId: hall.branchId },
      { audience: 'board' },
      { ...right, audience: 'kitchen' },
      { ...right, audience: ['board'] },
      { ...right, branchId: '../other' },
      { ...right, branchId: 7 },
      { ...right, branchId: 'x'.repeat(80) },
      { ...right, room: 'plain/floor' },
    ]) {
      expect(await outcomeOf(connect(wrong)), JSON.stringify(wrong)).toBe('INVALID');
    }
  });

  test("another site's page is turned away before the handshake", async () => {
    const auth = { audience: 'board', branchId: hall.branchId };
    for (const origin of ['https://evil.example', 'null']) {
      expect(await outcomeOf(connect(auth, { origin })), origin).not.toBe('connected');
    }
    expect(await outcomeOf(connect(auth, { origin: address }))).toBe('connected');
  });

  test('WebSocket only: long polling gets no session, and no second name space is there', async () => {
    expect((await ask(`${address}/socket.io/?EIO=4&transport=polling`, 'GET')).status).toBe(400);
    expect(await outcomeOf(connect({ audience: 'board', branchId: hall.branchId }, {}, ['polling']))).not.toBe(
      'connected',
    );
    const elsewhere = io(`${address}/admin`, { transports: ['websocket'], forceNew: true, reconnection: false });
    open.push(elsewhere);
    expect(await outcomeOf(elsewhere)).toBe('Invalid namespace');
  });

  test('whoever signs out no longer sees the floor, and keeps the board', async () => {
    const cookie = await newCookie('dewi', hall.branchId);
    const floor = connect({ audience: 'floor', branchId: hall.branchId }, { cookie });
    const board = connect({ audience: 'board', branchId: hall.branchId }, { cookie });
    expect(await Promise.all([outcomeOf(floor), outcomeOf(board)])).toEqual(['connected', 'connected']);
    const cutOff = next<string>(floor, 'disconnect');
    expect((await ask(`${address}/v1/sign-out`, 'POST', { headers: { cookie } })).status).toBe(204);
    expect(await cutOff).toMatch(/disconnect|transport/);
    expect(board.connected).toBe(true);
  });
});

describe('what a screen may say', () => {
  test('resync, as often as a screen needs it; what no screen says cuts it off', async () => {
    const socket = connect({ audience: 'board', branchId: hall.branchId });
    await next(socket, 'snapshot');
    for (let count = 0; count < 3; count++) {
      const snapshot = next(socket, 'snapshot');
      socket.emit('resync', { with: 'something', it: 'does not need' });
      expect(Value.Check(Snapshot, await snapshot)).toBe(true);
    }
    const cutOff = next(socket, 'disconnect');
    for (const strange of ['join', 'patch', 'snapshot']) socket.emit(strange, 'plain/floor');
    await cutOff;
  });

  test('too much at once, and too long a message', async () => {
    const often = connect({ audience: 'board', branchId: hall.branchId });
    await next(often, 'snapshot');
    const cutOff = next(often, 'disconnect');
    for (let count = 0; count < 60; count++) often.emit('resync');
    await cutOff;
    const long = connect({ audience: 'board', branchId: hall.branchId });
    await next(long, 'snapshot');
    const alsoCutOff = next(long, 'disconnect');
    long.emit('resync', 'x'.repeat(20_000));
    await alsoCutOff;
    expect((await ask(`${address}/healthz`, 'GET')).status).toBe(200);
  });
});

/** The schema of an entry by the first part of its key: the table in shared/protocol/screens.ts. */
const schemaOf: Readonly<Record<string, TSchema>> = {
  day: DayEntry,
  setup: SetupEntry,
  line: LineEntry,
  call: CallEntry,
  missed: MissedEntry,
  counter: CounterEntry,
  desk: DeskEntry,
  visit: VisitEntry,
  undo: UndoEntry,
  aside: AsideEntry,
  totals: TotalsEntry,
};

const expectEntries = (entries: readonly (readonly [string, unknown])[], seen: Set<string>): void => {
  for (const [key, value] of entries) {
    const kind = key.split('/')[0]!;
    expect(Value.Check(schemaOf[kind]!, value), `${key} ${JSON.stringify(value)}`).toBe(true);
    seen.add(kind);
  }
};

test.each([
  ['board', ['call', 'counter', 'day', 'line', 'missed', 'setup']],
  ['floor', ['aside', 'call', 'counter', 'day', 'desk', 'line', 'missed', 'setup', 'totals', 'undo', 'visit']],
] as const)('through a real visit every message of the %s is as its schema says', async (audience, kinds) => {
  const cookie = await newCookie(`watcher-of-${audience}`, hall.branchId);
  const socket = connect({ audience, branchId: hall.branchId }, { cookie });
  const held = new Map<string, unknown>();
  const seen = new Set<string>();
  let version = 0;
  const faults: string[] = [];
  socket.on('snapshot', (snapshot: Snapshot) => {
    if (!Value.Check(Snapshot, snapshot)) faults.push(JSON.stringify(snapshot));
    for (const [key, value] of snapshot.entries) held.set(key, value);
    version = snapshot.version;
    expectEntries(snapshot.entries, seen);
  });
  socket.on('patch', (patch: Patch) => {
    if (!Value.Check(Patch, patch)) faults.push(JSON.stringify(patch));
    if (patch.after !== version || patch.version <= patch.after) faults.push(`${patch.after} after ${version}`);
    for (const key of patch.gone) held.delete(key);
    for (const [key, value] of patch.set) held.set(key, value);
    version = patch.version;
    expectEntries(patch.set, seen);
  });
  await next(socket, 'snapshot');

  const { post } = hall.managers[0]!;
  await post('/counters/C-5/open', { agentId: `agent-of-${audience}` });
  const { ticket } = (await post('/tickets', { serviceId: 'S-3', priority: 'elderly' })).body as {
    ticket: { id: string };
  };
  await post('/tickets', { serviceId: 'S-3' });
  for (const act of ['call-next', 'recall', 'start', 'finish', 'call-next', 'miss']) {
    expect((await post(`/counters/C-5/${act}`)).status, act).toBe(200);
    if (act === 'start') await post(`/tickets/${ticket.id}/note`, { note: 'wheelchair' });
  }
  await post('/counters/C-5/pause', { reason: 'lunch' });
  await post('/counters/C-5/resume');
  const last = await post('/counters/C-5/close');
  await expect.poll(() => version, { timeout: 10_000 }).toBe(last.body.version);

  const beat = await next<Heartbeat>(socket, 'heartbeat');
  expect(Value.Check(Heartbeat, beat)).toBe(true);
  expect(beat).toMatchObject({ version, hash: hashEntries(held) });
  expect(faults).toEqual([]);
  expect([...seen].sort()).toEqual(kinds);
});
