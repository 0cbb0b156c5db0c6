import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask } from './ask.ts';
import { addressOf, bodyOf, listRoutes, type Route } from './route-list.ts';

/** Requests in all; in a run of its own `ANTREAN_RANDOM_REQUESTS` may ask for more. */
const total = Number(process.env.ANTREAN_RANDOM_REQUESTS ?? 20_000);
const inFlight = 16;
/** The run prints its seed; a seed that failed is put here, so that it is tried for ever after. */
const seed = Number(process.env.ANTREAN_SEED ?? Date.now() % 1_000_000);

let hall: TestHall;
let address: string;
let routes: Route[];
beforeAll(async () => {
  hall = await startTestHall();
  address = hall.nodes[0]!.address;
  routes = await listRoutes(address);
  await hall.managers[0]!.post('/day/open');
  await hall.managers[0]!.post('/counters/C-1/open', { agentId: 'ani' });
});
afterAll(() => hall?.stop());

const strange = fc.oneof(
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '../..',
    "'; drop table ticket; --",
    '\u0000',
    '\ud800',
    '\u202e',
    '__proto__',
    'C-1',
    'S-0',
    'elderly',
  ),
  fc.string({ minLength: 200, maxLength: 400 }),
);
const anyValue = fc.oneof(
  { weight: 3, arbitrary: strange },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 9_007_199_254_740_993, [], {}, [[[]]]) },
);

/** What is done to a right request. Each is something that a client with a fault, or with bad intent, sends. */
interface Twist {
  readonly kind: 'body' | 'field' | 'extra' | 'address' | 'query' | 'header' | 'method' | 'text' | 'none';
  readonly value: unknown;
  readonly where: number;
  readonly isStaff: boolean;
}
const twist: fc.Arbitrary<Twist> = fc.record({
  kind: fc.constantFrom<Twist['kind']>(
    'body',
    'field',
    'field',
    'field',
    'extra',
    'address',
    'address',
    'query',
    'header',
    'method',
    'text',
    'none',
  ),
  value: anyValue,
  where: fc.nat({ max: 1_000 }),
  isStaff: fc.boolean(),
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What HTTP lets a header hold; the rest never leaves the client. */
const headerOf = (value: unknown): string =>
  textOf(value)
    .replace(/[^\t\x20-\x7e]/g, '?')
    .slice(0, 4_000);

const send = (route: Route, { kind, value, where, isStaff }: Twist): Promise<Answer> => {
  const headers: Record<string, string> = isStaff ? { ...hall.managers[0]!.headers } : {};
  const body = route.method === 'POST' ? bodyOf(route.operationId) : undefined;
  let method: string = route.method;
  let url = addressOf(route, hall.branchId, where % 2 ? { ticketId: randomUUID() } : {});
  let text = body && JSON.stringify(body);
  const keys = Object.keys(body ?? {});
  if (kind === 'body') text = JSON.stringify(value);
  if (kind === 'field' && body) text = JSON.stringify({ ...body, [keys[where % keys.length]!]: value });
  if (kind === 'extra' && body) text = JSON.stringify({ ...body, [textOf(value)]: value });
  if (kind === 'text') text = textOf(value);
  if (kind === 'query') url += `?${encodeURIComponent(textOf(value).toWellFormed())}=${where}`;
  if (kind === 'method') method = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'POST', 'GET'][where % 7]!;
  if (kind === 'header') {
    const name = ['content-type', 'cookie', 'accept-language', 'origin', 'accept', 'x-forwarded-for', 'authorization'][
      where % 7
    ]!;
    headers[name] = name === 'cookie' ? `antrean-session=${headerOf(value).replaceAll(';', '')}` : headerOf(value);
  }
  if (kind === 'address') {
    const parts = url.split('/');
    parts[1 + (where % (parts.length - 1))] = encodeURIComponent(textOf(value).toWellFormed()) || '%20';
    url = parts.join('/');
  }
  const hasBody = text !== undefined && !['GET', 'HEAD'].includes(method);
  return ask(`${address}${url}`, method, { headers, ...(hasBody && { text: text! }) });
};

test(
  `${total} wrong requests over all routes: each gets an answer, none of them a 5xx`,
  { timeout: 600_000 },
  async () => {
    const counts = new Map<number, number>();
    // A try with a password costs what it should cost: fewer of them, and more of everything else.
    const tries = 100;
    const perRoute = Math.ceil((total - tries) / (routes.length - 1));
    let sent = 0;
    for (const [index, route] of routes.entries()) {
      const twists = fc.sample(twist, {
        numRuns: route.operationId === 'signIn' ? tries : perRoute,
        seed: seed + index,
      });
      for (let from = 0; from < twists.length; from += inFlight) {
        await Promise.all(
          twists.slice(from, from + inFlight).map(async (one) => {
            const answer = await send(route, one);
            sent += 1;
            counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
            const place = `seed ${seed}: ${route.method} ${route.path} ${JSON.stringify(one)} → ${answer.status} ${answer.text}`;
            expect(answer.status, place).toBeLessThan(500);
            if (answer.status >= 400 && answer.text !== '') {
              expect(Object.keys(answer.body ?? {}).sort(), place).toEqual(expect.arrayContaining(['code', 'message']));
            }
          }),
        );
      }
    }
    const found = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    console.log(`${sent} random requests over ${routes.length} routes, seed ${seed}; ${found.join(', ')}`);
    expect(sent).toBeGreaterThanOrEqual(total);
    expect(counts.get(400) ?? 0).toBeGreaterThan(total / 10);

    // The hall stands: the ledger has no gap, and a visitor still gets a ticket when the day is open.
    const [ledger] = await hall.sql`
    select count(*)::int as events, max(version)::int as latest from ticket_event where branch_id = ${hall.branchId}`;
    expect(ledger?.events).toBe(ledger?.latest);
    await hall.managers[0]!.post('/day/open');
    expect((await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' })).status).toBe(201);
  },
);
