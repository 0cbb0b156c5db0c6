import { randomBytes } from 'node:crypto';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import { VisitNudge } from '@antrean/shared/protocol/visit-socket.ts';
import { type HearingPage, openVisitLink, type VisitLinkState } from '@antrean/shared/screen/visit-link.ts';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { frameOf, openRawSocket } from '../abuse/raw-websocket.ts';
import { type Api, openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTcpProxy } from '../harness/tcp-proxy.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { connectVisit, type TestVisit } from '../harness/test-visit.ts';
import { waitUntil } from '../harness/wait-until.ts';

const socketPath = '/v/socket/?EIO=4&transport=websocket';
const perTicket = 3;

let hall: TestHall;
let manager: Api;
const open: TestVisit[] = [];
beforeAll(async () => {
  const rules = { ...plainHall.rules, rejoin: { withinMinutes: 10, times: 2, late: 'end-of-line' } } as const;
  hall = await startTestHall({
    nodeCount: 2,
    blueprint: { ...plainHall, rules },
    visitSocketLimits: { perTicket },
  });
  manager = hall.managers[0]!;
});
beforeEach(async () => {
  await manager.post('/day/close');
  await openHall(manager, 1);
});
afterEach(() => open.splice(0).forEach(({ socket }) => socket.disconnect()));
afterAll(() => hall?.stop());

interface Issued {
  readonly link: string;
  readonly ticket: { readonly id: string; readonly number: string };
}
const issue = async (by: Api = hall.visitors[0]!, serviceId = 'S-0'): Promise<Issued> => {
  const answer = await by.post('/tickets', { serviceId });
  expect(answer.status).toBe(201);
  return answer.body as unknown as Issued;
};
const connect = (shown: object, node = 0, headers: Record<string, string> = {}): TestVisit => {
  const visit = connectVisit(hall.nodes[node]!.address, shown, headers);
  open.push(visit);
  return visit;
};
/** Connected, and told where its hall stands. */
const follow = async (link: string, node = 0): Promise<TestVisit> => {
  const visit = connect({ link }, node);
  expect(await visit.outcome).toBe('connected');
  await waitUntil('it was told where the hall stands', () => visit.nudges().length > 0);
  return visit;
};
const ownNews = (visit: TestVisit): VisitNudge[] => visit.nudges().filter(({ withinMs }) => withinMs === 0);
const placeNews = (visit: TestVisit): VisitNudge[] =>
  visit
    .nudges()
    .slice(1)
    .filter(({ withinMs }) => withinMs > 0);

test('[PHONE-1] what becomes of a ticket is told to its phones at once, whichever node took it, and to nobody else', async () => {
  const other = await issue();
  const { link, ticket } = await issue(undefined, 'S-1');
  const phones = [await follow(link, 0), await follow(link, 1)];
  const beside = await follow(other.link, 1);
  const of = (act: string): string => `/tickets/${ticket.id}/${act}`;
  let told = 0;
  for (const [path, body] of [
    [of('hold'), { reason: 'a copy is missing', minutes: 30 }],
    [of('return')],
    ['/counters/C-1/call', { ticketId: ticket.id, reason: 'asked for' }],
    ['/counters/C-1/recall'],
    ['/counters/C-1/miss'],
    [of('rejoin')],
    [of('transfer'), { serviceId: 'S-2' }],
    ['/counters/C-1/call', { ticketId: ticket.id, reason: 'asked for' }],
    ['/counters/C-1/start'],
    ['/counters/C-1/finish'],
  ] as const) {
    const node = told % 2;
    const answer = await hall.managers[node]!.post(path, body);
    expect([answer.status, answer.body], path).toEqual([200, answer.body]);
    told += 1;
    const { version } = answer.body as { version: number };
    await waitUntil(`${path} is told at both nodes`, () => phones.every((phone) => ownNews(phone).length === told));
    for (const phone of phones) expect(ownNews(phone).at(-1)!.version).toBeGreaterThanOrEqual(version);
  }
  expect(ownNews(beside)).toEqual([]);
  for (const [name, ...what] of [...phones, beside].flatMap(({ told: all }) => all)) {
    expect(name).toBe('changed');
    expect(what).toHaveLength(1);
    expect(Value.Check(VisitNudge, what[0]), JSON.stringify(what)).toBe(true);
  }
});

test("[PHONE-1] the staff's own notes are no news", async () => {
  const { link, ticket } = await issue();
  const phone = await follow(link);
  expect((await manager.post(`/tickets/${ticket.id}/note`, { note: 'wheelchair' })).status).toBe(200);
  expect((await manager.post(`/tickets/${ticket.id}/cancel`)).status).toBe(200);
  await waitUntil('the end is told', () => ownNews(phone).length > 0);
  expect(phone.nudges()).toHaveLength(2);
});

test('[PHONE-1] places that move are told together, at most once in five seconds, and only to whose they are', async () => {
  const ahead = [];
  for (let count = 0; count < 12; count++) ahead.push(await issue());
  const links = [];
  for (let count = 0; count < 8; count++) links.push((await issue()).link);
  // A node that hears of the last tickets after its phones came would tell them so.
  const heard = async (by: Api) => ((await by.get('/board')).body as { version: number }).version;
  await waitUntil('both nodes stand at the same', async () => {
    const [one, other] = await Promise.all(hall.managers.map(heard));
    return one === other;
  });
  const first = await follow(ahead[0]!.link);
  const elsewhere = await follow((await issue(undefined, 'S-1')).link);
  const phones = await Promise.all(links.map((link, index) => follow(link, index % 2)));
  const beganAt = performance.now();
  // Whoever takes a number moves nobody; whoever leaves moves those behind.
  for (const { ticket } of ahead.slice(1)) {
    await issue();
    expect((await manager.post(`/tickets/${ticket.id}/cancel`)).status).toBe(200);
  }
  const { version } = (await manager.get('/board')).body as { version: number };
  await waitUntil('all know of the last', () =>
    phones.every((phone) => (phone.nudges().at(-1)?.version ?? 0) >= version),
  );
  const windows = Math.ceil((performance.now() - beganAt) / 5_000);
  const times = phones.map((phone) => placeNews(phone).length);
  console.log(`11 of 12 before them left: each of 8 phones was told ${Math.max(...times)} times`);
  expect(Math.max(...times)).toBeLessThanOrEqual(windows + 1);
  expect(phones.flatMap(ownNews)).toEqual([]);
  // Four at each node: they look one after another.
  for (const phone of phones) for (const { withinMs } of placeNews(phone)) expect(withinMs).toBe(40);
  expect(first.nudges()).toHaveLength(1);
  expect(elsewhere.nudges()).toHaveLength(1);
});

test('[PHONE-1] who has more than twenty before them is told less often, and as soon as all others when it is fewer', async () => {
  const ahead: Issued[] = [];
  for (let count = 0; count < 23; count++) ahead.push(await issue());
  const [near, far] = [await follow(ahead[9]!.link), await follow((await issue()).link)];
  const leave = async (index: number): Promise<void> => {
    expect((await manager.post(`/tickets/${ahead[index]!.ticket.id}/cancel`)).status).toBe(200);
  };
  await leave(0);
  await waitUntil('it is told to who is near', () => placeNews(near).length === 1);
  expect(placeNews(far)).toEqual([]);
  await leave(1);
  await leave(2);
  await waitUntil('it is told to both', () => placeNews(near).length === 2 && placeNews(far).length === 1);
});

test('[PHONE-1] a counter that closes moves the waits of all who wait, and of nobody who is called', async () => {
  const called = await issue();
  const waiting = await issue();
  expect((await manager.post('/counters/C-1/call-next')).status).toBe(200);
  const [atCounter, inLine] = [await follow(called.link), await follow(waiting.link)];
  expect((await manager.post('/counters/C-2/open', { agentId: 'budi' })).status).toBe(200);
  await waitUntil('it is told', () => placeNews(inLine).length === 1);
  expect(placeNews(atCounter)).toEqual([]);
});

test('[PHONE-2] a socket is opened by the link alone, from pages of this server', async () => {
  const { link, ticket } = await issue();
  const unknown = randomBytes(16).toString('base64url');
  for (const wrong of [{}, { link: unknown }, { link: ticket.id }, { link: 7 }, { link: [link] }, { link: '' }]) {
    expect(await connect(wrong).outcome, JSON.stringify(wrong)).toBe('VISIT_UNKNOWN');
  }
  for (const wrong of [{ link: 'x'.repeat(500) }, { link, branchId: hall.branchId }, { audience: 'board' }]) {
    expect(await connect(wrong).outcome, JSON.stringify(wrong)).toBe('VISIT_UNKNOWN');
  }
  const { address } = hall.nodes[0]!;
  for (const origin of ['https://evil.example', 'null', `${address}.evil.example`]) {
    expect(await connect({ link }, 0, { origin }).outcome, origin).not.toBe('connected');
    expect((await openRawSocket(address, { path: socketPath, headers: { origin } })).status, origin).toBe(400);
  }
  expect(await connect({ link }, 0, { origin: address }).outcome).toBe('connected');
  // The screens' socket opens nothing by a link.
  const screen = await openRawSocket(address);
  screen.write(frameOf(`40${JSON.stringify({ link })}`));
  await screen.closed;
});

test('[PHONE-2] wrong links are limited as on the page, together with it, and a right one of today still opens', async () => {
  const own = await startTestHall();
  try {
    const { address } = own.nodes[0]!;
    await own.managers[0]!.post('/day/open');
    const { link } = await issue(own.visitors[0]);
    const guess = async (): Promise<string> => {
      const { outcome, socket } = connectVisit(address, { link: randomBytes(16).toString('base64url') });
      return outcome.finally(() => socket.disconnect());
    };
    const heard = await Promise.all(Array.from({ length: 70 }, guess));
    expect(heard.filter((outcome) => outcome === 'VISIT_UNKNOWN')).toHaveLength(60);
    expect(heard.filter((outcome) => outcome === 'TOO_MANY_TRIES')).toHaveLength(10);
    expect((await fetch(`${address}/v1/visits/${randomBytes(16).toString('base64url')}`)).status).toBe(429);
    const right = connectVisit(address, { link });
    expect(await right.outcome).toBe('connected');
    right.socket.disconnect();
  } finally {
    await own.stop();
  }
});

test('[PHONE-2] with its day the socket of a ticket ends; that link, and one that has run out, opens none again', async () => {
  const own = await startTestHall();
  try {
    const { address } = own.nodes[0]!;
    const [chief] = own.managers;
    await chief!.post('/day/open');
    const { link, ticket } = await issue(own.visitors[0]);
    const states: VisitLinkState[] = [];
    let looks = 0;
    const page: HearingPage = {
      version: () => 0,
      look: async () => void looks++,
      changed: (state) => states.push(state),
    };
    const stop = openVisitLink(link, page, address);
    await waitUntil('it is connected', () => states.length === 1);
    await chief!.post('/day/close');
    const date = businessDate(Date.now() + 24 * 3_600_000, plainHall.zone, plainHall.dayStartsAt);
    expect((await chief!.post('/day/open', { date })).status).toBe(200);
    await waitUntil('it has ended', () => states.at(-1) === 'ended', { withinMs: 20_000 });
    expect(states).toEqual(['live', 'ended']);
    const before = looks;
    await waitUntil('it looked once more', () => looks > before);
    stop();
    const outcomeOf = async (): Promise<string> => {
      const { outcome, socket } = connectVisit(address, { link });
      return outcome.finally(() => socket.disconnect());
    };
    expect(await outcomeOf()).toBe('VISIT_OVER');
    await own.sql`update ticket_event set at = at - interval '2 days' where command_id = ${ticket.id}`;
    expect(await outcomeOf()).toBe('VISIT_UNKNOWN');
    // The page's own link is told so once, and does not try again.
    const later: VisitLinkState[] = [];
    const end = openVisitLink(link, { ...page, changed: (state) => later.push(state) }, address);
    await waitUntil('it has ended', () => later.length > 0);
    expect(later).toEqual(['ended']);
    end();
  } finally {
    await own.stop();
  }
});

test('[PHONE-2] a page says nothing after its link: one word, one more greeting, or too many bytes, and it is cut off', async () => {
  const { link } = await issue();
  for (const word of ['resync', 'join', 'changed']) {
    const visit = await follow(link);
    visit.socket.emit(word, { link });
    expect(await visit.closed, word).toMatch(/server disconnect|transport/);
  }
  const { address } = hall.nodes[0]!;
  const greeting = frameOf(`40${JSON.stringify({ link })}`);
  for (const more of [greeting, frameOf('x'.repeat(2_000)), frameOf('42["join","everything"]')]) {
    const raw = await openRawSocket(address, { path: socketPath });
    expect(raw.status).toBe(101);
    raw.write(greeting);
    raw.write(more);
    await raw.closed;
  }
  // The same holds for screens: no limit would count what one connection makes of itself.
  const screen = await openRawSocket(address);
  const asScreen = frameOf(`40${JSON.stringify({ audience: 'board', branchId: hall.branchId })}`);
  screen.write(Buffer.concat([asScreen, asScreen]));
  await screen.closed;
});

test('[PHONE-2] so many phones a ticket, an address and a node, and no more', async () => {
  const { link } = await issue();
  for (let count = 0; count < perTicket; count++) await follow(link);
  expect(await connect({ link }).closed).toMatch(/server disconnect/);
  open.splice(0, 1)[0]!.socket.disconnect();
  await waitUntil('a place is free again', async () => {
    const visit = connect({ link });
    return Promise.race([
      visit.closed.then(() => false),
      waitUntil('told', () => visit.nudges().length > 0).then(() => true),
    ]);
  });
  for (const limits of [{ perAddress: 2 }, { perNode: 2 }]) {
    const own = await startTestHall({ visitSocketLimits: limits });
    try {
      const { address } = own.nodes[0]!;
      const from = (last: number) => openRawSocket(address, { path: socketPath, from: `127.0.0.${last}` });
      const [first, second] = [await from(2), await from(2)];
      expect([first.status, second.status]).toEqual([101, 101]);
      expect((await from(2)).status).toBe(400);
      expect((await from(3)).status).toBe('perNode' in limits ? 400 : 101);
      // Screens are counted by themselves.
      expect((await openRawSocket(address, { from: '127.0.0.2' })).status).toBe(101);
      first.destroy();
      await waitUntil('a place is free again', async () => (await from(2)).status === 101);
    } finally {
      await own.stop();
    }
  }
});

test('[PHONE-3] cut off, a page connects again by itself and looks once; a node that is behind is asked again', async () => {
  const proxy = await startTcpProxy(hall.nodes[0]!.address);
  const { link } = await issue();
  let version = 0;
  let looks = 0;
  const states: VisitLinkState[] = [];
  // The first two answers come from a node that has not heard yet.
  const behind = 2;
  let wanted = 0;
  const page: HearingPage = {
    version: () => version,
    look: async () => {
      looks += 1;
      if (looks > behind) version = wanted;
    },
    changed: (state) => states.push(state),
  };
  wanted = Number.MAX_SAFE_INTEGER;
  const stop = openVisitLink(link, page, proxy.url);
  await waitUntil('it has what it was told of', () => version === wanted);
  expect(looks).toBe(behind + 1);
  for (const cutLink of proxy.links()) cutLink.cut();
  await waitUntil('it is connected again', () => states.length === 3);
  expect(states).toEqual(['live', 'lost', 'live']);
  await waitUntil('it has looked', () => looks === behind + 2);
  await manager.post('/counters/C-1/call-next');
  const before = looks;
  version = 0;
  await manager.post('/counters/C-1/recall');
  await waitUntil('it looks when its ticket is called', () => looks > before && version === wanted);
  stop();
  await proxy.close();
});
