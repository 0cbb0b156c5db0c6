import { request } from 'node:http';
import { trustedProxies } from '@antrean/server/push/trusted-proxies.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ask } from './ask.ts';

const publicHost = 'queue.example.org';
let hall: TestHall;
let address: string;
beforeAll(async () => {
  hall = await startTestHall({
    trusts: trustedProxies('127.0.0.9'),
    publicUrl: new URL(`https://${publicHost}`),
  });
  address = hall.nodes[0]!.address;
});
afterAll(() => hall?.stop());

interface Heard {
  readonly status: number | undefined;
  readonly cookies: readonly string[];
  readonly strictTransport: string | undefined;
}

/** Asks as from an address of this machine, with whatever headers: `fetch` lets nobody choose `Host`. */
const askFrom = (
  localAddress: string,
  path: string,
  headers: Record<string, string> = {},
  body?: object,
): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const asked = request(
      `${address}${path}`,
      {
        localAddress,
        method: body ? 'POST' : 'GET',
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          resolve({
            status: answer.statusCode,
            cookies: answer.headers['set-cookie'] ?? [],
            strictTransport: answer.headers['strict-transport-security'],
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body && JSON.stringify(body));
  });

const balancer = '127.0.0.9';
const anybody = '127.0.0.2';
const ways = [
  { name: 'nobody says that there was TLS', from: anybody, headers: {}, isSecure: false },
  {
    name: 'a balancer of ours says so',
    from: balancer,
    headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.1.1.1' },
    isSecure: true,
  },
  {
    name: 'a balancer of ours says that it ended none',
    from: balancer,
    headers: { 'x-forwarded-proto': 'http', 'x-forwarded-for': '10.1.1.1' },
    isSecure: false,
  },
  {
    name: 'anybody says so',
    from: anybody,
    headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': publicHost },
    isSecure: false,
  },
  { name: 'it was asked for at the public address', from: anybody, headers: { host: publicHost }, isSecure: true },
  {
    name: 'a balancer of ours says that the public address was asked for',
    from: balancer,
    headers: { 'x-forwarded-host': publicHost },
    isSecure: true,
  },
  {
    name: 'it was asked for at another address of the same name',
    from: anybody,
    headers: { host: `${publicHost}:8080` },
    isSecure: false,
  },
];

test.for(ways)(
  'cookies and later visits are for TLS alone: $isSecure, when $name',
  async ({ from, headers, isSecure }) => {
    const login = { login: 'manager', password: hall.managerPassword };
    // With one that is there already, as a browser that signs in again has it.
    const old = { cookie: `antrean-session=${'a'.repeat(43)}` };
    const staff = await askFrom(from, '/v1/sign-in', { ...headers, ...old }, login);
    expect(staff.status).toBe(200);
    // The old one is taken back before the new one is given: a browser keeps the last.
    const [given = '', ...flags] = staff.cookies.at(-1)?.split('; ') ?? [];
    expect(given).toMatch(new RegExp(`^${isSecure ? '__Host-' : ''}antrean-session=(?!a{43})[^;]{43}`));
    expect(flags.includes('Secure')).toBe(isSecure);
    expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));

    const device = await askFrom(from, '/v1/device-pairings', headers, { kind: 'kiosk' });
    expect(device.cookies[0]?.split('; ').includes('Secure')).toBe(isSecure);
    expect(device.cookies[0]?.startsWith('__Host-')).toBe(isSecure);

    for (const path of ['/v1/branches', '/v1/me', '/nowhere']) {
      const answer = await askFrom(from, path, headers);
      expect(answer.strictTransport, path).toBe(isSecure ? 'max-age=31536000' : undefined);
    }
  },
);

test('a session that was begun over TLS goes on', async () => {
  const login = { login: 'manager', password: hall.managerPassword };
  const { cookies } = await askFrom(anybody, '/v1/sign-in', { host: publicHost }, login);
  const cookie = cookies.at(-1)!.split(';')[0]!;
  expect((await askFrom(anybody, '/v1/me', { host: publicHost, cookie })).status).toBe(200);
  expect((await askFrom(anybody, '/v1/sign-out', { host: publicHost, cookie }, {})).status).toBe(204);
  expect((await ask(`${address}/v1/me`, 'GET', { headers: { cookie } })).status).toBe(401);
});
