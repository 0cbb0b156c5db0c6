import { subscribe } from 'node:diagnostics_channel';
import type { App } from '@antrean/server/http/app.ts';
import { startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import type { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import postgres from 'postgres';
import { createTestDatabase } from '../harness/postgres.ts';
import { testSeal } from '../harness/test-seal.ts';
import { startTestRedis } from '../harness/redis.ts';
import { listRoutes, type Route } from '../http/route-list.ts';
import { AbusedHall, foreignPublic, foreignSecret, houseSecret, otherBranch, roles } from './abused-hall.ts';
import { type BadInput, BadInputs } from './bad-input.ts';
import { PipelinedClient } from './pipelined-client.ts';

// One server node with a hall of its own and so many bad inputs thrown at it: POSTGRES_URL, SEED and COUNT in, tallies
// out. In one process, and many requests to a packet: a million round trips would measure the kernel.

/** What one process found. */
export interface Fired {
  readonly sent: number;
  readonly perRoute: Readonly<Record<string, number>>;
  readonly perStatus: Readonly<Record<string, number>>;
  readonly perCode: Readonly<Record<string, number>>;
  /** MB after a garbage collection, at so many points. */
  readonly memory: readonly {
    readonly sent: number;
    readonly tickets: number;
    readonly rss: number;
    readonly heap: number;
  }[];
  readonly tickets: number;
  /** Of this process, seconds. */
  readonly processor: number;
  readonly faults: readonly string[];
}

const inFlight = 64;
const memoryPoints = 12;
/** Routes that hash a password cost a hundred times the others, and get a fiftieth of the inputs. */
const hashing = new Set(['signIn', 'setUp', 'changePassword', 'addStaff', 'resetPassword', 'simulateRules']);
const weightOf = ({ operationId }: Route): number => (hashing.has(operationId) ? 1 : 50);

const count = Number(process.env.COUNT);
const seed = Number(process.env.SEED);
/** How often each route has its turn: what a turn does to the hall does not last for ever. */
const rounds = Math.max(1, Math.round(count / 150_000));
const codes = new Set(
  Object.keys(en)
    .filter((key) => key.startsWith('refusal.'))
    .map((key) => key.slice('refusal.'.length)),
);
const inner = /node_modules|at .*\.ts:|postgres\.js|password_?hash|\$argon2|FST_|"stack"/i;

let app: App | undefined;
subscribe('fastify.initialization', (message) => (app = (message as { fastify: App }).fastify));
const databaseUrl = await createTestDatabase(process.env.POSTGRES_URL ?? '');
const redis = await startTestRedis();
const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
await AbusedHall.make(sql as never);
const node = await startNode({
  databaseUrl,
  redisUrl: redis.url,
  host: '127.0.0.1',
  port: 0,
  seal: testSeal,
  log: createLog('fatal'),
  servesScreens: false,
});
const hall = new AbusedHall(app!, sql as never, seed);
await hall.hire();
/** What making workbooks leaves to the allocator is there from the beginning: it grows no more, and is no leak. */
const isFirst = ({ path }: Route): boolean => path.endsWith('.xlsx');
const listed = await listRoutes(node.address);
const routes = [...listed.filter(isFirst), ...listed.filter((route) => !isFirst(route))];
const clients = Array.from({ length: 16 }, () => new PipelinedClient(node.address));
const inputs = new BadInputs(seed, routes, hall.known);

const faults: string[] = [];
const perRoute: Record<string, number> = {};
const perStatus: Record<string, number> = {};
const perCode: Record<string, number> = {};
const memory: { sent: number; tickets: number; rss: number; heap: number }[] = [];
const accepted = new Set<string>();
/** A ticket's id stands for the command that issued it (LINK-2). */
const inLedgerAs = (operationId: string, { commandId, ticket }: CommandAnswer): string =>
  operationId === 'issueTicket' && ticket ? ticket.id : commandId;
let sent = 0;

/** What is wrong with an answer; nothing, if all is right. */
const faultOf = (input: BadInput, role: string, status: number, payload: string): string | undefined => {
  if (status >= 500) return 'a 5xx';
  if (status < 400) {
    if (!input.mayBeRight) return 'it was taken';
  } else if (input.method !== 'HEAD') {
    const { code, message, details, ...more } = JSON.parse(payload) as Record<string, unknown>;
    perCode[String(code)] = (perCode[String(code)] ?? 0) + 1;
    if (!codes.has(String(code)) || !/\S{2,}/.test(String(message)) || Object.keys(more).length > 0) {
      return 'no problem that is known';
    }
    if (details !== undefined && typeof details !== 'object') return 'details that are none';
    if (inner.test(payload)) return 'it tells what is inside';
  }
  if (payload.includes(foreignSecret)) return 'a secret of the other hall';
  if (payload.includes(houseSecret) && role === 'visitor') return 'a secret of the house';
  const isElsewhere = /^\/v1\/branches\/?(\?|$)/.test(input.url) || input.url.startsWith(`/v1/branches/${otherBranch}`);
  // A path that is changed may lead to the list of halls.
  if (payload.includes(foreignPublic) && !isElsewhere && input.kind !== 'path') return 'a text of the other hall';
  return undefined;
};

const fire = async (route: Route, index: number): Promise<void> => {
  const role = roles[index % roles.length]!;
  const input = inputs.make(route, index, hall.cookies[role]);
  const place = (told: string): string =>
    `${told}: seed ${seed}, input ${index}, ${role} ${route.operationId} ${JSON.stringify(input).slice(0, 1_500)}`;
  try {
    const { method, url, headers, text } = input;
    const { status, payload } = await clients[index % clients.length]!.send(method, url, headers, text);
    perStatus[status] = (perStatus[status] ?? 0) + 1;
    const fault = faultOf(input, role, status, payload);
    if (fault) faults.push(`${place(fault)} → ${status} ${payload.slice(0, 500)}`);
    if (status < 300 && payload.startsWith('{"commandId"')) {
      accepted.add(inLedgerAs(route.operationId, JSON.parse(payload) as CommandAnswer));
    }
  } catch (error) {
    faults.push(place(`no answer, ${String(error)}`));
  }
  sent += 1;
  perRoute[route.operationId] = (perRoute[route.operationId] ?? 0) + 1;
};

const measureMemory = async (): Promise<void> => {
  // What is collected goes back to the system a moment later.
  (globalThis as { gc?: () => void }).gc?.();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { rss, heapUsed } = process.memoryUsage();
  memory.push({ sent, tickets: hall.tickets, rss: rss / 1_048_576, heap: heapUsed / 1_048_576 });
};

const before = JSON.stringify(await hall.lasting());
const weights = routes.map(weightOf);
const whole = rounds * weights.reduce((sum, weight) => sum + weight, 0);
let done = 0;
let index = 0;
for (let round = 0; round < rounds && faults.length < 20; round++) {
  for (const [at, route] of routes.entries()) {
    await hall.putInOrder(round * routes.length + at);
    done += weights[at]!;
    const until = Math.floor((count * done) / whole);
    const lane = async (): Promise<void> => {
      while (index < until) await fire(route, index++);
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    if (sent >= (count * (memory.length + 1)) / memoryPoints) await measureMemory();
  }
}

if (JSON.stringify(await hall.lasting()) !== before) faults.push('the set-up or an account of the other hall changed');
const told = await sql`select distinct command_id::text as id from ticket_event where actor->>'kind' <> 'timer'`;
const inLedger = new Set(told.map(({ id }) => id as string));
for (const id of inLedger) {
  if (!accepted.has(id) && !hall.commandIds.has(id)) faults.push(`command ${id} is in the ledger, and was refused`);
}
for (const id of accepted) if (!inLedger.has(id)) faults.push(`command ${id} was answered, and is not in the ledger`);
const [strangers] = await sql`
  select count(*)::int as count from ticket_event
  where branch_id = ${otherBranch} and actor->>'staffId' = any(${roles.slice(1) as unknown as string[]})`;
if (strangers!['count'] > 0) faults.push(`${strangers!['count']} events of the other hall by staff of this one`);
const [tickets] = await sql`select count(*)::int as count from ticket`;

for (const client of clients) client.close();
await node.close();
await sql.end();
await redis.stop();
const { user, system } = process.cpuUsage();
const found: Fired = {
  processor: (user + system) / 1e6,
  sent,
  perRoute,
  perStatus,
  perCode,
  memory,
  tickets: tickets!['count'],
  faults: faults.slice(0, 20),
};
process.send?.(found, () => process.disconnect());
