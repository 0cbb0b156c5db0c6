import { applyBlueprint } from '@antrean/server/setup/apply-blueprint.ts';
import { dateAfter } from '@antrean/shared/domain/local-time.ts';
import type { DayOutlineView, DaysView, PastView, StoryView } from '@antrean/shared/protocol/past.ts';
import { hashEntries } from '@antrean/shared/views/entries.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf, openHall } from '../harness/api.ts';
import { twoAgencies } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestScreen, type TestScreen } from '../harness/test-screen.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { writePastDay } from '../harness/write-past-day.ts';
import { signedIn } from './people.ts';

const blueprint = {
  ...twoAgencies,
  rules: { ...twoAgencies.rules, rejoin: { withinMinutes: 10, times: 2, late: 'end-of-line' } },
} as const;

let hall: TestHall;
let manager: Api;
let today: string;
/** Somebody of agency B. */
let beni: Api;
const screens: Record<'floor' | 'board' | 'ofB', TestScreen> = {} as never;

/** What live screens held at a version, and when the event of that version was. */
interface Moment {
  readonly version: number;
  readonly at: number;
  readonly held: Record<keyof typeof screens, Map<string, unknown>>;
}
const moments: Moment[] = [];
let stories: { readonly transferred: string; readonly ofB: string };

const numberOf = async (serviceId: string, more = {}): Promise<{ id: string; number: string }> => {
  const { status, body } = await hall.visitors[0]!.post('/tickets', { serviceId, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.ticket as { id: string; number: string };
};

const headOf = async (): Promise<{ version: number; at: number }> => {
  const [row] = await hall.sql<[{ version: number; at: number }]>`
    select version::float8 as version, (extract(epoch from at) * 1000)::float8 as at
    from ticket_event where branch_id = ${hall.branchId} order by version desc limit 1`;
  return row;
};

/** Notes what the screens hold, once they hold all: the last event was an issue, which each of them is told. */
const noteMoment = async (): Promise<void> => {
  await numberOf('S-1');
  const { version, at } = await headOf();
  await waitUntil('all screens are there', () =>
    Object.values(screens).every((screen) => screen.state().held?.version === version),
  );
  const held = Object.fromEntries(Object.entries(screens).map(([name, screen]) => [name, new Map(screen.entries())]));
  moments.push({ version, at, held: held as Moment['held'] });
  // What comes next is to be of a later millisecond.
  await waitUntil('the clock went on', async () => {
    const [{ now }] = await hall.sql<[{ now: number }]>`select (extract(epoch from now()) * 1000)::float8 as now`;
    return now > at + 1;
  });
};

beforeAll(async () => {
  hall = await startTestHall({ blueprint });
  const { address } = hall.nodes[0]!;
  manager = hall.managers[0]!;
  const cookie = await signedIn(hall.sql, address, {
    login: 'beni',
    role: 'agency-administrator',
    branchId: hall.branchId,
    agencyId: 'B',
  });
  beni = apiOf(address, hall.branchId, { cookie });
  await openHall(manager, 6);
  const follow = (audience: 'floor' | 'board', headers: Record<string, string>): TestScreen =>
    startTestScreen(address, hall.branchId, { audience, headers });
  screens.floor = follow('floor', manager.headers);
  screens.board = follow('board', {});
  screens.ofB = follow('floor', beni.headers);
  await manager.post('/counters/C-B/open', { agentId: 'budi' });
  await manager.post('/counters/C-AB/open', { agentId: 'sari' });

  const transferred = await numberOf('S-0');
  await manager.post(`/counters/C-1/call-next`);
  await manager.post(`/tickets/${transferred.id}/transfer`, { serviceId: 'S-B', note: 'needs a chair' });
  const ofB = await numberOf('S-B', { priority: 'elderly' });
  stories = { transferred: transferred.number, ofB: ofB.number };
  await noteMoment();

  // The same every time.
  let seed = 7;
  const pick = <T>(list: readonly T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647;
    return list[Math.floor((seed / 2_147_483_647) * list.length)]!;
  };
  const counters = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6', 'C-B', 'C-AB'];
  const tickets: string[] = [];
  for (let round = 0; round < 12; round++) {
    for (let count = 0; count < 14; count++) {
      const counter = `/counters/${pick(counters)}`;
      const ticket = tickets.length > 0 ? `/tickets/${pick(tickets)}` : null;
      const act = pick(['issue', 'issue', 'issue', 'call', 'call', 'call', 'recall', 'miss', 'finish', 'pause', 'undo',
        'hold', 'note', 'transfer', 'cancel', 'park', 'return', 'resume']); // prettier-ignore
      if (act === 'issue') {
        const priority = pick([undefined, undefined, 'elderly']);
        tickets.push((await numberOf(pick(['S-0', 'S-1', 'S-2', 'S-B']), priority && { priority })).id);
      } else if (act === 'call') await manager.post(`${counter}/call-next`);
      else if (act === 'pause') await manager.post(`${counter}/pause`, { reason: 'meal' });
      else if (['recall', 'miss', 'finish', 'undo', 'park', 'resume'].includes(act))
        await manager.post(`${counter}/${act}`);
      else if (ticket && act === 'hold') await manager.post(`${ticket}/hold`, { reason: 'copies', minutes: 5 });
      else if (ticket && act === 'note') await manager.post(`${ticket}/note`, { note: `note ${count}` });
      else if (ticket && act === 'transfer')
        await manager.post(`${ticket}/transfer`, { serviceId: pick(['S-B', 'S-2']) });
      else if (ticket) await manager.post(`${ticket}/${act}`);
    }
    if (round === 6) {
      await applyBlueprint(hall.sql, { ...blueprint, name: { en: 'The hall under another name' } });
      await waitUntil('the set-up is another', async () => ((await manager.get('')).body.revision as number) > 1);
    }
    await noteMoment();
  }
  const [row] = await hall.sql<[{ date: string }]>`
    select data->>'date' as date from ticket_event where branch_id = ${hall.branchId} and type = 'day.opened'`;
  today = row.date;
});
afterAll(async () => {
  for (const screen of Object.values(screens)) screen.close();
  await hall?.stop();
});

const pastAt = async (api: Api, at: number | '', date = today) => {
  const { status, body } = await api.get(`/days/${date}/moment${at === '' ? '' : `?at=${at}`}`);
  return { status, body: body as unknown as PastView & { code?: string; message?: string; details?: object } };
};

test('[PAST-1] at thirteen moments of a busy day it is to the letter what live screens held then', async () => {
  expect(moments).toHaveLength(13);
  for (const { version, at, held } of moments) {
    const { status, body } = await pastAt(manager, at);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ date: today, at, version, eventAt: at });
    expect(new Map(body.floor)).toEqual(held.floor);
    expect(new Map(body.board)).toEqual(held.board);
    expect(hashEntries(new Map(body.floor))).toBe(hashEntries(held.floor));
    const counted = body.waiting.map(({ serviceId, numbers }) => [`line/${serviceId}`, numbers.length]);
    const lines = [...held.board].filter(([key]) => key.startsWith('line/'));
    expect(counted.toSorted()).toEqual(
      lines.map(([key, line]) => [key, (line as { waiting: number }).waiting]).toSorted(),
    );
    // A millisecond before, that event had not happened.
    expect((await pastAt(manager, at - 1)).body.version).toBeLessThan(version);
  }
  const kinds = new Set(moments.flatMap(({ held }) => [...held.floor.keys()].map((key) => key.split('/')[0])));
  expect([...kinds].toSorted()).toEqual(
    ['aside', 'call', 'counter', 'day', 'desk', 'line', 'missed', 'setup', 'totals', 'undo', 'visit'].toSorted(),
  );
  const revisions = moments.map(({ held }) => (held.floor.get('setup') as { revision: number }).revision);
  expect(new Set(revisions).size).toBeGreaterThan(1);
});

test('[PAST-2] somebody of one agency sees what a live screen showed them, and of those who wait their own', async () => {
  for (const { at, held } of moments) {
    const { body } = await pastAt(beni, at);
    expect(new Map(body.floor)).toEqual(held.ofB);
    expect(new Map(body.board)).toEqual(held.board);
    expect(body.waiting.every(({ serviceId }) => serviceId === 'S-B')).toBe(true);
    expect(body.floor.some(([key]) => key === 'totals')).toBe(false);
  }
});

test('[PAST-3] a day tells its bounds and how many waited, and those with tickets are listed', async () => {
  expect((await manager.get('/days')).body as unknown as DaysView).toEqual({ days: [today], hasMore: false });
  expect((await manager.get(`/days?before=${today}`)).body).toEqual({ days: [], hasMore: false });
  const outline = (await manager.get(`/days/${today}`)).body as unknown as DayOutlineView;
  const [{ first }] = await hall.sql<[{ first: number }]>`
    select (extract(epoch from min(at)) * 1000)::float8 as first from ticket_event where branch_id = ${hall.branchId} and type = 'day.opened'`;
  expect(outline).toMatchObject({ date: today, from: first, stepMs: 300_000 });
  expect(outline.to).toBeGreaterThanOrEqual(moments.at(-1)!.at);
  expect(outline.waiting[0]).toBe(0);
  const now = await pastAt(manager, '');
  expect(now.body.version).toBe((await headOf()).version);
});

test('[PAST-3] days, instants and halls that are none are refused in words', async () => {
  const { from } = (await manager.get(`/days/${today}`)).body as unknown as DayOutlineView;
  const refused = async (answer: Promise<{ status: number; body: { code?: unknown } }>) => {
    const { status, body } = await answer;
    return [status, body.code];
  };
  expect(await refused(pastAt(manager, from - 1))).toEqual([422, 'INSTANT_TOO_EARLY']);
  expect((await pastAt(manager, from - 1)).body.message).toMatch(/The day began at .*\d\d:\d\d/);
  expect(await refused(pastAt(manager, Date.now() + 3_600_000))).toEqual([422, 'INSTANT_AHEAD']);
  for (const path of ['', '/moment', '/numbers/A1']) {
    const answer = await manager.get(`/days/2020-01-06${path}`);
    expect([answer.status, answer.body.code]).toEqual([404, path === '/numbers/A1' ? 'NUMBER_UNKNOWN' : 'DAY_UNKNOWN']);
    expect((await manager.get(`/days/2020-13-06${path}`)).body.code).toBe('INVALID');
  }
  expect(await refused(manager.get(`/days/${today}/moment?at=noon`))).toEqual([400, 'INVALID']);
  const stranger = apiOf(manager.address, 'nowhere', manager.headers);
  for (const path of ['', `/${today}`, `/${today}/moment`, `/${today}/numbers/A1`]) {
    expect(await refused(stranger.get(`/days${path}`))).toEqual([404, 'BRANCH_UNKNOWN']);
    expect((await hall.visitors[0]!.get(`/days${path}`)).status).toBe(401);
  }
});

const storyOf = async (api: Api, number: string) => {
  const { status, body } = await api.get(`/days/${today}/numbers/${number}`);
  return { status, body: body as unknown as StoryView & { code?: string } };
};

test('[PAST-4] a story is each event of a ticket, found by the number as people type it', async () => {
  const typed = stories.transferred.toLowerCase().replace(/0+(?=\d)/, '');
  for (const number of [stories.transferred, typed]) {
    const { status, body } = await storyOf(manager, number);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ date: today, number: stories.transferred, isWhole: true });
    expect(body.steps.slice(0, 3)).toMatchObject([
      { type: 'ticket.issued', by: { kind: 'visitor' }, serviceId: 'S-0', ahead: 0 },
      {
        type: 'ticket.called',
        by: { kind: 'manager', staffId: 'manager' },
        counterId: 'C-1',
        why: { rule: 'longest-wait' },
      },
      { type: 'ticket.transferred', toServiceId: 'S-B', note: 'needs a chair' },
    ]);
    const [{ count }] = await hall.sql<[{ count: number }]>`
      select count(*)::int as count from ticket_event where data->>'ticketId' = ${body.ticketId}`;
    expect(body.steps).toHaveLength(count);
    expect(JSON.stringify(body)).not.toMatch(/holder|takenWith|null/);
  }
  expect((await storyOf(manager, 'Z9999')).body.code).toBe('NUMBER_UNKNOWN');
});

test('[PAST-4] of one agency: the steps at its services, and nothing of who sent the visitor there', async () => {
  const { body } = await storyOf(beni, stories.transferred);
  expect(body.isWhole).toBe(false);
  expect(body.steps[0]).toEqual({
    version: expect.any(Number) as number,
    at: expect.any(Number) as number,
    type: 'ticket.transferred',
    by: { kind: 'manager' },
    serviceId: 'S-0',
    toServiceId: 'S-B',
    note: 'needs a chair',
  });
  expect((await storyOf(beni, stories.ofB)).body.steps[0]).toMatchObject({ type: 'ticket.issued', serviceId: 'S-B' });
  const { number } = await numberOf('S-2');
  const foreign = await storyOf(beni, number);
  expect([foreign.status, foreign.body.code]).toEqual([403, 'OTHER_AGENCY']);
});

test('[PAST-3] a day long past of 2,000 tickets and 12,000 events, and after its end nothing', async () => {
  const date = '2026-01-05';
  await writePastDay(hall.sql, date, 2_000, 3);
  const [{ events }] = await hall.sql<[{ events: number }]>`
    select count(*)::int as events from ticket_event where branch_id = 'plain' and version < 1000000`;
  expect(events).toBeGreaterThan(12_000);
  const cpu = process.cpuUsage();
  const began = performance.now();
  const { status, body } = await pastAt(manager, '', date);
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${events} events: ${(performance.now() - began).toFixed(0)} ms, ${((user + system) / 1_000).toFixed(0)} ms of processor`,
  );
  expect([status, body.version]).toEqual([200, events]);
  expect(new Map(body.floor).get('totals')).toMatchObject({ issued: 2_000, called: 2_000, done: 2_000 });
  const outline = (await manager.get(`/days/${date}`)).body as unknown as DayOutlineView;
  expect(outline.waiting.length).toBe(Math.floor((outline.to - outline.from) / outline.stepMs) + 1);
  const steps = (await manager.get(`/days/${date}/numbers/A500`)).body as unknown as StoryView;
  expect(steps.steps.map(({ type }) => type)).toEqual([
    'ticket.issued',
    'ticket.called',
    ...Array<string>(3).fill('ticket.recalled'),
    'ticket.finished',
  ]);
  const late = await pastAt(manager, Date.parse(`${dateAfter(dateAfter(date))}T12:00:00Z`), date);
  expect([late.status, late.body.code]).toEqual([422, 'INSTANT_TOO_LATE']);
  expect((await manager.get('/days')).body).toEqual({ days: [today, date], hasMore: false });
});
