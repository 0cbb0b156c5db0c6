import { setTimeout as wait } from 'node:timers/promises';
import { addressOf, trustedProxies } from '@antrean/server/push/trusted-proxies.ts';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { startTestScreen } from '../harness/test-screen.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { ask } from '../http/ask.ts';
import { signedIn } from '../http/people.ts';
import { addressOf as urlOf, bodyOf, listRoutes } from '../http/route-list.ts';
import { openRawSocket } from './raw-websocket.ts';

const limit = 3;
let hall: TestHall;
let address: string;
beforeAll(async () => {
  hall = await startTestHall({ socketsPerAddress: limit, trusts: trustedProxies('127.0.0.9') });
  address = hall.nodes[0]!.address;
});
afterAll(() => hall?.stop());

/** Whose page may be at work where it is not ours. */
const foreignOrigins = (): string[] => {
  const { port, hostname } = new URL(address);
  return [
    'https://evil.example',
    'null',
    `http://${hostname}:${Number(port) + 1}`,
    `http://${hostname}`,
    `http://${hostname}:${port}.evil.example`,
    `http://${hostname}.evil.example:${port}`,
    `http://evil.example/?${hostname}:${port}`,
    `http://localhost:${port}`,
    'file://',
    '',
    'x',
    `${hostname}:${port}`,
  ];
};

/** Who has a ticket's link may do what it opens, from wherever: no cookie has a part in it. */
const byLink = '/v1/visits/';

test('no page of another origin changes anything with the cookie of somebody who is signed in, on any route', async () => {
  const login = { login: 'chief', role: 'administrator', branchId: null } as const;
  const cookie = await signedIn(hall.sql, address, login);
  const routes = (await listRoutes(address)).filter(
    ({ method, path }) => method !== 'GET' && path.startsWith('/v1/') && !path.startsWith(byLink),
  );
  expect(routes.length).toBeGreaterThan(35);
  let cells = 0;
  for (const route of routes) {
    for (const origin of foreignOrigins()) {
      const body = bodyOf(route.operationId);
      const answer = await ask(`${address}${urlOf(route, hall.branchId)}`, route.method, {
        headers: { cookie, origin },
        ...(body && { body }),
      });
      expect
        .soft([answer.status, answer.body?.code], `${route.operationId} from ${origin}: ${answer.text}`)
        .toEqual([403, 'FOREIGN_ORIGIN']);
      cells += 1;
    }
  }
  console.log(`${cells} cells of route × foreign origin looked at`);
  expect((await ask(`${address}/v1/me`, 'GET', { headers: { cookie } })).status).toBe(200);
  const own = { headers: { cookie, origin: address } };
  expect((await ask(`${address}/v1/me/seen`, 'POST', own)).status).toBe(204);
});

test('no page of another origin opens a socket', async () => {
  for (const origin of foreignOrigins().filter((one) => one !== '')) {
    const socket = await openRawSocket(address, { headers: { origin } });
    expect(socket.status, origin).toBe(400);
  }
  const own = await openRawSocket(address, { headers: { origin: address } });
  expect(own.status).toBe(101);
  own.destroy();
  await own.closed;
});

test('an address has so many sockets and no more, until one is closed; staff do not count, nor do others', async () => {
  const statusFrom = async (from: string, headers = {}) => {
    const socket = await openRawSocket(address, { from, headers });
    return { ...socket, [Symbol.dispose]: socket.destroy };
  };
  const held = [];
  for (let count = 0; count < limit; count++) held.push(await statusFrom('127.0.0.2'));
  expect(held.map(({ status }) => status)).toEqual(Array(limit).fill(101));
  expect((await statusFrom('127.0.0.2')).status).toBe(400);
  // Nobody is believed who merely says that it forwards.
  expect((await statusFrom('127.0.0.2', { 'x-forwarded-for': '10.1.1.1' })).status).toBe(400);
  const other = await statusFrom('127.0.0.3');
  expect(other.status).toBe(101);
  held[0]!.destroy();
  await held[0]!.closed;
  await wait(200);
  const again = await statusFrom('127.0.0.2');
  expect(again.status).toBe(101);

  // Behind a balancer of ours each visitor counts alone.
  const through = [];
  for (let index = 0; index < 2 * limit; index++) {
    through.push(await statusFrom('127.0.0.9', { 'x-forwarded-for': `10.9.9.9, 10.0.0.${index % 2}` }));
  }
  expect(through.map(({ status }) => status)).toEqual(Array(2 * limit).fill(101));
  expect((await statusFrom('127.0.0.9', { 'x-forwarded-for': '10.0.0.1' })).status).toBe(400);
  for (const socket of [...held, other, again, ...through]) socket.destroy();

  const { headers } = hall.managers[0]!;
  const floors = Array.from({ length: limit + 2 }, () =>
    startTestScreen(address, hall.branchId, { audience: 'floor', headers }),
  );
  await waitUntil('all staff screens are live', () => floors.every((floor) => floor.state().link === 'live'));
  const board = startTestScreen(address, hall.branchId);
  await waitUntil('a public screen beside them, too', () => board.state().link === 'live');
  for (const screen of [...floors, board]) screen.close();
});

test.for([
  ['no balancer', '', '9.9.9.9', '1.1.1.1', '9.9.9.9'],
  ['a balancer', '10.0.0.0/8', '10.0.0.5', '6.6.6.6, 1.1.1.1', '1.1.1.1'],
  ['two balancers', '10.0.0.0/8,fd00::1', 'fd00::1', '6.6.6.6, 1.1.1.1, 10.0.0.5', '1.1.1.1'],
  ['a balancer that says nothing', '10.0.0.0/8', '10.0.0.5', '', '10.0.0.5'],
  ['a balancer that says nonsense', '10.0.0.0/8', '10.0.0.5', '<script>', '10.0.0.5'],
] as const)('where a request came from, with %s', ([, list, remoteAddress, forwarded, from]) => {
  const request = { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } };
  expect(addressOf(request as unknown as IncomingMessage, trustedProxies(list))).toBe(from);
});
