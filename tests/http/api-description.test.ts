import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '../house/tree.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ask } from './ask.ts';
import { addressOf, listRoutes, type Route } from './route-list.ts';

let hall: TestHall;
let address: string;
let routes: Route[];
let description: Record<string, unknown>;
beforeAll(async () => {
  hall = await startTestHall();
  address = hall.nodes[0]!.address;
  routes = await listRoutes(address);
  description = (await ask(`${address}/api/openapi.json`, 'GET')).body!;
});
afterAll(() => hall?.stop());

describe('the description', () => {
  test('is OpenAPI 3.1 with what every reader of it needs', () => {
    expect(description).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d+$/),
      info: { title: 'Antrean', version: expect.stringMatching(/^\d+$/), license: { name: 'MIT' } },
    });
    expect(routes.length).toBeGreaterThan(20);
  });

  test('gives each route an id of its own, a sentence, a tag and its answers', () => {
    const faults = routes.flatMap(({ method, path, operation }) => {
      const lacks = [
        !/^[a-z][A-Za-z]+$/.test(operation.operationId ?? '') && 'an id',
        !/^[A-Z].{5,}/.test(operation.summary ?? '') && 'a summary',
        !operation.tags?.length && 'a tag',
        !Object.keys(operation.responses).some((status) => /^[23]/.test(status)) && 'a success',
      ].filter((lack) => lack !== false);
      return lacks.length > 0 ? [`${method} ${path} lacks ${lacks.join(', ')}`] : [];
    });
    expect(faults).toEqual([]);
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  test('tells of every refusal that the checks before each route can give', () => {
    const faults = routes.flatMap(({ method, path, operation }) => {
      const told = Object.keys(operation.responses);
      const given = [
        ...(operation.requestBody ? ['400', '413', '415'] : []),
        ...(path.includes('{branchId}') ? ['400', '404', '503'] : []),
      ];
      const missing = [...new Set(given)].filter((status) => !told.includes(status));
      return missing.length > 0 ? [`${method} ${path}: ${missing.join(', ')}`] : [];
    });
    expect(faults).toEqual([]);
  });

  test('says the same of every refusal: a problem', () => {
    expect(description.components).toMatchObject({
      schemas: { Problem: { type: 'object', required: ['code', 'message'], additionalProperties: false } },
    });
    for (const { operation, path } of routes) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400 || path === '/readyz') continue;
        const schema = content?.['application/json']?.schema as { $ref?: string } | undefined;
        expect(schema?.$ref, `${path} ${status}`).toBe('#/components/schemas/Problem');
      }
    }
  });

  test('names every part of an address, and refers to nothing that is not there', () => {
    for (const { path, operation } of routes) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(described.map(({ name }) => name).sort(), path).toEqual([...named].sort());
      for (const parameter of described) expect(parameter.required, path).toBe(true);
    }
    const refs = JSON.stringify(description).match(/"\$ref":"([^"]+)"/g) ?? [];
    for (const ref of refs) {
      const parts = ref.slice('"$ref":"#/'.length, -1).split('/');
      let at: unknown = description;
      for (const part of parts) at = (at as Record<string, unknown> | undefined)?.[part];
      expect(at, ref).toBeDefined();
    }
  });

  test('has no schema that takes fields it does not name', () => {
    for (const { operation, path } of routes) {
      for (const [type, { schema }] of Object.entries(operation.requestBody?.content ?? {})) {
        // Bytes have no fields.
        if (type === 'application/octet-stream') continue;
        expect([path, type]).toEqual([path, 'application/json']);
        expect(schema, path).toMatchObject({ additionalProperties: false });
      }
    }
  });

  test('is the one in docs/openapi.json: `npx vitest run --config tests/vitest.config.ts http/api-description -u` writes it', async () => {
    expect(read('docs/openapi.json')).toContain('"operationId": "callNext"');
    await expect(`${JSON.stringify(description, null, 2)}\n`).toMatchFileSnapshot('../../docs/openapi.json');
  });
});

describe('the page to read it', () => {
  test('comes with all it needs from this server, under a policy that allows nothing else', async () => {
    const page = await ask(`${address}/api/`, 'GET');
    const html = page.status === 200 ? page : await ask(`${address}/api`, 'GET');
    expect(html.status).toBe(200);
    expect(html.headers.get('content-type')).toContain('text/html');
    const policy = html.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*(?![.\w])/);
    const sources = [...html.text.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => source!,
    );
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      const url = new URL(source, `${address}/api/`);
      expect(url.origin).toBe(address);
      expect((await ask(url.href, 'GET')).status, source).toBe(200);
    }
    // Whatever script stands in the page itself must be named by its hash.
    for (const [, script] of html.text.matchAll(/<script(?![^>]*src)[^>]*>([^]+?)<\/script>/g)) {
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
      expect(policy).toContain(Buffer.from(hash).toString('base64'));
    }
    expect((await ask(`${address}/api/json`, 'GET')).body).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('headers', () => {
  test('no answer lets a browser guess its type, name the server, or be cached where it is live', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const { headers } = await ask(`${address}${addressOf(route, hall.branchId)}`, 'GET');
      expect(headers.get('x-content-type-options'), route.path).toBe('nosniff');
      expect(headers.get('content-type'), route.path).toMatch(/^application\/json/);
      expect(headers.get('x-powered-by'), route.path).toBeNull();
      expect(headers.get('server'), route.path).toBeNull();
      expect(headers.get('cache-control'), route.path).toBe('no-store');
    }
    const problem = await ask(`${address}/v1/nothing`, 'GET');
    expect(problem.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('the probes answer', async () => {
    expect((await ask(`${address}/healthz`, 'GET')).body).toEqual({ status: 'ok' });
    await expect
      .poll(async () => (await ask(`${address}/readyz`, 'GET')).body, { timeout: 10_000 })
      .toEqual({ status: 'ready', postgres: true, redis: true });
  });

  test('an address may end in a slash', async () => {
    expect((await ask(`${address}/v1/branches/`, 'GET')).status).toBe(200);
  });
});

describe('answers', () => {
  test('the schemas take nothing away that a client needs', async () => {
    const { body: branch } = await hall.visitors[0]!.get('');
    expect(branch).toMatchObject({
      id: hall.branchId,
      revision: expect.any(Number),
      name: { en: 'Plain hall' },
      zone: plainHall.zone,
      languages: ['en'],
      agencies: [{ id: 'A', name: { en: 'Agency' } }],
      priorities: [{ id: 'elderly', name: { en: 'Elderly' } }],
    });
    expect(branch.services).toHaveLength(20);
    expect(branch.counters).toHaveLength(16);
    expect((branch.counters as { serves: string[] }[])[0]?.serves).toHaveLength(20);
    const { body: branches } = await ask(`${address}/v1/branches`, 'GET');
    expect(branches).toEqual([
      { id: hall.branchId, name: { en: 'Plain hall' }, zone: plainHall.zone, openScreens: true },
    ]);
    const { body: board } = await hall.visitors[0]!.get('/board');
    expect(board).toMatchObject({ epoch: expect.any(String), version: expect.any(Number), at: expect.any(Number) });
    expect(board.entries).toEqual(expect.arrayContaining([['setup', { revision: expect.any(Number) }]]));
  });
});
