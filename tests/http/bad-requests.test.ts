import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { foreignTexts, hiddenTexts, markupTexts } from '../abuse/hostile-texts.ts';
import { ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';
import { addressOf, bodyOf, listRoutes, type Route } from './route-list.ts';

let hall: TestHall;
let address: string;
let routes: Route[];
let headers: Record<string, string>;
/** For what a manager may not do: those routes look who asks before they read a body. */
let administrator: Record<string, string>;
const takesBlueprint = new Set(['previewBlueprint', 'applyBlueprint', 'addHall']);
const takesFile = new Set(['takePiece', 'keepFile', 'removeFile']);
const mayAsk = ({ operationId }: Route): Record<string, string> =>
  takesBlueprint.has(operationId) || takesFile.has(operationId) ? administrator : headers;

beforeAll(async () => {
  hall = await startTestHall();
  address = hall.nodes[0]!.address;
  headers = hall.managers[0]!.headers;
  administrator = {
    cookie: await signedIn(hall.sql, address, { login: 'chief', role: 'administrator', branchId: null }),
  };
  routes = await listRoutes(address);
  await hall.managers[0]!.post('/day/open');
});
afterAll(() => hall?.stop());

const urlOf = (route: Route, named: { counterId?: string; ticketId?: string } = {}): string =>
  `${address}${addressOf(route, hall.branchId, named)}`;

/** Routes that read a JSON body; each is tried with the same mistakes. Pieces of files are bytes (files.test.ts). */
const withBody = (): Route[] => {
  const found = routes.filter(({ operation, operationId }) => operation.requestBody && operationId !== 'takePiece');
  expect(found.length).toBeGreaterThan(13);
  return found;
};

const versionOf = async (): Promise<unknown> =>
  (await hall.sql`select version from branch_head where branch_id = ${hall.branchId}`)[0]?.version;

describe('every route with a body refuses', () => {
  const eachRefuses = async (
    status: number,
    code: string,
    asked: (route: Route) => { text?: string; body?: unknown; headers?: Record<string, string> },
    isAsked: (route: Route) => boolean = () => true,
  ): Promise<void> => {
    const before = await versionOf();
    for (const route of withBody().filter(isAsked)) {
      const { headers: more, ...sent } = asked(route);
      const answer = await ask(urlOf(route), route.method, { headers: { ...mayAsk(route), ...more }, ...sent });
      expectProblem(answer, status, code);
    }
    expect(await versionOf()).toBe(before);
  };

  test('JSON that is none', () => eachRefuses(400, 'INVALID', () => ({ text: '{"commandId": ' })));
  test('an empty body', () => eachRefuses(400, 'INVALID', () => ({ text: '' })));
  test('a body that is no object', async () => {
    for (const text of ['null', '[]', '"text"', '7', 'true']) await eachRefuses(400, 'INVALID', () => ({ text }));
  });
  test('an unknown field', () =>
    eachRefuses(400, 'INVALID', ({ operationId }) => ({ body: { ...bodyOf(operationId), vip: true } })));
  test('a field that would reach the prototype', () =>
    eachRefuses(400, 'INVALID', ({ operationId }) => ({
      text: JSON.stringify(bodyOf(operationId)).replace('{', '{"__proto__":{"role":"administrator"},'),
    })));
  test('each field with a wrong type', async () => {
    for (const wrong of [null, 7, true, [], {}]) {
      await eachRefuses(400, 'INVALID', ({ operationId }) => {
        const body = bodyOf(operationId) ?? {};
        const [last = 'commandId'] = Object.keys(body).slice(-1);
        // Where a number is asked for, 7 is none that is wrong, but its text is.
        const isOne = typeof body[last] === 'number' && typeof wrong === 'number';
        return { body: { ...body, [last]: isOne ? String(wrong) : wrong } };
      });
    }
  });
  test('a body of more than 16 KiB', () =>
    eachRefuses(
      413,
      'TOO_LARGE',
      ({ operationId }) => ({ body: { ...bodyOf(operationId), reason: 'x'.repeat(20_000) } }),
      ({ operationId }) => !takesBlueprint.has(operationId),
    ));
  test('a body that is not JSON by its own word', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      await eachRefuses(415, 'WRONG_MEDIA_TYPE', ({ operationId }) => ({
        text: JSON.stringify(bodyOf(operationId)),
        headers: { 'content-type': type },
      }));
    }
  });
});

test('every command refuses an id that is no UUID', async () => {
  const isCommand = ({ path, operationId }: Route): boolean =>
    path.includes('{branchId}') && bodyOf(operationId)?.commandId !== undefined;
  const commands = withBody().filter(isCommand);
  for (const route of commands) {
    for (const commandId of [
      '',
      '1',
      'not-a-uuid',
      `urn:uuid:${randomUUID()}`,
      `${randomUUID()} `,
      `{${randomUUID()}}`,
    ]) {
      const body = { ...bodyOf(route.operationId), commandId };
      expectProblem(await ask(urlOf(route), 'POST', { headers, body }), 400, 'INVALID');
    }
    const { commandId: _left, ...without } = bodyOf(route.operationId)!;
    expectProblem(await ask(urlOf(route), 'POST', { headers, body: without }), 400, 'INVALID');
  }
});

test('every address with an id refuses one that cannot be', async () => {
  for (const route of routes.filter(({ path }) => path.includes('{'))) {
    for (const id of ['%00', "'%3B%20drop%20table%20ticket", '%2e%2e%2f', 'x'.repeat(80), 'ü', '%F0%9F%98%80', '-a']) {
      for (const name of ['branchId', 'counterId', 'ticketId', 'staffId', 'sessionId'].filter((one) =>
        route.path.includes(`{${one}}`),
      )) {
        const path = route.path.replace(`{${name}}`, id);
        const url = `${address}${addressOf({ ...route, path }, hall.branchId)}`;
        const body = route.method === 'POST' ? bodyOf(route.operationId) : undefined;
        const isBytes = route.operationId === 'takePiece';
        const answer = await ask(url, route.method, {
          headers: { ...mayAsk(route), ...(isBytes && { 'content-type': 'application/octet-stream' }) },
          ...(isBytes ? { text: 'a piece' } : body && { body }),
        });
        expectProblem(answer, answer.status, /^(INVALID|NOT_FOUND)$/);
        expect([400, 404], `${url} ${answer.text}`).toContain(answer.status);
      }
    }
  }
});

test('an address that cannot be read, and one that leads nowhere', async () => {
  expectProblem(await ask(`${address}/v1/%zz`, 'GET'), 400, 'INVALID');
  for (const path of ['/v1', '/v2/branches', '/v1/branches/plain/nothing', '/api/nothing', '/.env', '/index.php']) {
    expectProblem(await ask(`${address}${path}`, 'GET'), 404, 'NOT_FOUND');
  }
});

test('a method that the address does not have', async () => {
  for (const route of routes) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => one !== route.method)) {
      const isOther = routes.some((other) => other.path === route.path && other.method === method);
      if (isOther) continue;
      const answer = await ask(urlOf(route), method, { headers });
      expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
      expect(answer.headers.get('allow'), `${method} ${route.path}`).toContain(route.method);
    }
  }
});

test('a text that people would not type, or not see', async () => {
  const pause = routes.find(({ operationId }) => operationId === 'pauseCounter')!;
  const send = (reason: string) => ask(urlOf(pause), 'POST', { headers, body: { commandId: randomUUID(), reason } });
  for (const reason of ['', 'x'.repeat(81), ...hiddenTexts]) {
    expectProblem(await send(reason), 400, 'INVALID');
  }
  // Markup and other scripts are texts like any other: the screens show them as they are.
  await hall.managers[0]!.post('/counters/C-1/open', { agentId: 'ani' });
  for (const reason of [...markupTexts, ...foreignTexts, ' a copy ']) {
    expect((await send(reason)).status, reason).toBe(200);
    await hall.managers[0]!.post('/counters/C-1/resume');
  }
});

test('a date that is none', async () => {
  const open = routes.find(({ operationId }) => operationId === 'openDay')!;
  for (const date of ['', 'today', '2026-02-30', '2026-13-01', '26-1-1', '2026-01-01T00:00:00Z', '0000-00-00']) {
    const body = { commandId: randomUUID(), date };
    expectProblem(await ask(urlOf(open), 'POST', { headers, body }), 400, 'INVALID');
  }
});

describe('what is not HTTP', () => {
  const sendRaw = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(address);
      let answer = '';
      const socket = connect(Number(port), hostname, () => socket.end(bytes, 'latin1'));
      socket.setTimeout(15_000, () => socket.destroy(new Error('no end within 15 s')));
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      socket.on('close', () => resolve(answer));
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' ? resolve(answer) : reject(error),
      );
    });

  test.each([
    ['no request at all', 'hello\r\n\r\n'],
    ['a header without an end', `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
    ['two lengths', 'POST /v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd'],
    [
      'a length and chunks',
      'POST /v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s gets a problem and the door', async (_name, bytes) => {
    const answer = await sendRaw(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    // Node answers by itself where the host is missing.
    if (!bytes.startsWith('GET /healthz HTTP/1.1\r\n\r\n'))
      expect(answer).toMatch(/\r\n\r\n\{"code":"INVALID","message":"/);
    expect((await ask(`${address}/healthz`, 'GET')).status).toBe(200);
  });
});
