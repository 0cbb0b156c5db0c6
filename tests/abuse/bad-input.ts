import type { Route } from '../http/route-list.ts';
import { Random } from '../simulation/random.ts';
import { hostileTexts } from './hostile-texts.ts';
import { checkOf, type Schema, ValuesOfSchema, type KnownIds } from './values-of-schema.ts';

/** One request as it is sent. */
export interface BadInput {
  readonly kind: Kind;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | undefined;
  /** Whether the API's description has nothing against it, so that the rules behind it decide. */
  readonly mayBeRight: boolean;
}

/** What is done to a right request; `none`: nothing, but its values are the wildest that its schemas take. */
const kinds = [
  ...Array<'none'>(10).fill('none'),
  ...Array<'field'>(7).fill('field'),
  ...Array<'param'>(6).fill('param'),
  ...Array<'text'>(4).fill('text'),
  ...(['body', 'missing', 'extra', 'prototype', 'media type', 'method', 'query', 'header', 'cookie', 'path'] as const),
  ...(['body', 'missing', 'extra', 'query', 'header', 'cookie'] as const),
  'deep',
] as const;
type Kind = (typeof kinds)[number];

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const mediaTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json5',
  'application/csp-report',
  'text/json',
  'json',
  '',
  ';;;',
  'application/json; charset="',
  'application/json\u00e9',
];
const headerNames = [
  'accept-language',
  'origin',
  'accept',
  'accept-encoding',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-http-method-override',
  'authorization',
  'range',
  'if-none-match',
  'content-encoding',
  'sec-fetch-site',
  'referer',
  'user-agent',
  'x-request-id',
  'cookie2',
];
const wrongTypes: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  9_007_199_254_740_993,
  0.1,
  [],
  {},
  [[[]]],
  { toString: 1 },
  { length: 1 },
  ['S-0'],
  { $ne: null },
];
const unreadable = [
  '%',
  '%zz',
  '%c0%af',
  '%ff',
  '%00',
  '%2e%2e%2f',
  '%0d%0aset-cookie:x',
  '%',
  '%25%30%30',
  '.%',
  '..%',
];

/** Makes bad inputs for the routes of one running server: the same index and seed give the same input. */
export class BadInputs {
  readonly #seed: number;
  readonly #values: ValuesOfSchema;
  readonly #known: KnownIds;
  readonly #methodsOf = new Map<string, Set<string>>();
  readonly #checks = new Map<Schema, (value: unknown) => boolean>();

  constructor(seed: number, routes: readonly Route[], known: KnownIds) {
    this.#seed = seed;
    this.#known = known;
    this.#values = new ValuesOfSchema(seed, known);
    for (const { path, method } of routes) {
      this.#methodsOf.set(path, (this.#methodsOf.get(path) ?? new Set()).add(method));
    }
  }

  make(route: Route, index: number, cookie: string | undefined): BadInput {
    const random = new Random(Math.imul(this.#seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca77));
    const kind = random.pick(kinds);
    const schema = bodySchema(route);
    const body = schema && (this.#values.value(schema, random) as Record<string, unknown>);
    const headers: Record<string, string> = { ...(cookie && { cookie }) };
    const [method, text] = [this.#method(kind, route, random), this.#text(kind, body, random)];
    const address = this.#address(kind, route, random);
    // A `GET` with a body is read as one without.
    const sent = method === 'GET' || method === 'HEAD' ? undefined : text;
    if (sent !== undefined)
      headers['content-type'] = kind === 'media type' ? random.pick(mediaTypes) : 'application/json';
    if (kind === 'header') headers[random.pick(headerNames)] = headerText(random);
    if (kind === 'cookie') headers['cookie'] = cookieText(cookie, random);
    const isRoutes = method === route.method;
    const isOthers = this.#methodsOf.get(route.path)!.has(method === 'HEAD' ? 'GET' : method);
    const isJson = sent === undefined || /^application\/json(;|$)/.test(headers['content-type'] ?? '');
    const isRight = isRoutes ? address.isRight && this.#isBody(schema, sent) && isJson : isOthers;
    return { kind, method, url: address.url, headers, text: sent, mayBeRight: isRight || kind === 'path' };
  }

  #method(kind: Kind, route: Route, random: Random): string {
    return kind === 'method' ? random.pick(methods) : route.method;
  }

  #text(kind: Kind, body: Record<string, unknown> | undefined, random: Random): string | undefined {
    if (kind === 'body')
      return JSON.stringify(random.chance(0.5) ? random.pick(wrongTypes) : random.pick(hostileTexts));
    if (kind === 'deep') return `${'{"a":['.repeat(random.between(1, 1_500))}`;
    if (!body) return kind === 'text' ? random.pick(hostileTexts) : undefined;
    const fields = Object.keys(body);
    const field = fields.length > 0 ? random.pick(fields) : 'commandId';
    const other = { ...body };
    if (kind === 'field') {
      other[field] = random.chance(0.4) ? random.pick(wrongTypes) : random.pick(hostileTexts);
      if (random.chance(0.1)) other[field] = { [field]: body[field] };
    }
    if (kind === 'missing') delete other[field];
    if (kind === 'extra') other[random.pick(hostileTexts) || 'vip'] = random.pick(wrongTypes);
    const text = JSON.stringify(other);
    if (kind === 'text') return brokenText(text, random);
    if (kind !== 'prototype') return text;
    return text.replace(
      '{',
      random.pick(['{"__proto__":{"role":"administrator"},', '{"constructor":{"prototype":{}},']),
    );
  }

  /** Parameters of the address and of its query. */
  #address(kind: Kind, { path, operation }: Route, random: Random): { url: string; isRight: boolean } {
    const parameters = (operation.parameters ?? []) as readonly { name: string; in: string; schema: Schema }[];
    const ofPath = parameters.filter((one) => one.in === 'path');
    const wrong = kind === 'param' && ofPath.length > 0 ? random.pick(ofPath).name : '';
    let isRight = true;
    let url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const schema = ofPath.find((one) => one.name === name)?.schema ?? {};
      if (name !== wrong) return encodeURIComponent(String(this.#values.value(schema, random, name)).toWellFormed());
      if (random.chance(0.2)) {
        isRight = false;
        return random.pick(unreadable);
      }
      const text = random.pick(hostileTexts).toWellFormed() || ' ';
      isRight = this.#check(schema, text);
      return encodeURIComponent(text);
    });
    const asked = parameters.filter((one) => one.in === 'query' && random.chance(0.5));
    const query = asked.map(({ name, schema }) => [name, String(this.#values.value(schema, random, name))]);
    if (kind === 'query') {
      // What no route asks for is not looked at.
      const [name, text] = [
        random.pick([...asked.map((one) => one.name), '__proto__', 'x']),
        random.pick(hostileTexts),
      ];
      query.push([name, text]);
      if (asked.some((one) => one.name === name)) isRight = false;
    }
    if (query.length > 0)
      url += `?${query.map((pair) => pair.map((part) => encodeURIComponent(part!.toWellFormed())).join('=')).join('&')}`;
    if (kind === 'path') url = otherPath(url, random);
    return { url, isRight };
  }

  #isBody(schema: Schema | undefined, text: string | undefined): boolean {
    if (!schema) return true;
    try {
      return this.#check(schema, JSON.parse((text ?? '').replace(/^\ufeff/, '')));
    } catch {
      return false;
    }
  }

  #check(schema: Schema, value: unknown): boolean {
    const check = this.#checks.get(schema) ?? checkOf(schema);
    this.#checks.set(schema, check);
    return check(value);
  }
}

export const bodySchema = ({ operation }: Route): Schema | undefined =>
  operation.requestBody?.content['application/json']?.schema as Schema | undefined;

const brokenText = (text: string, random: Random): string => {
  const at = random.between(0, text.length);
  const ways = [
    () => text.slice(0, at),
    () => text.slice(0, at) + random.pick(['\u0000', ',', '}', '"', '\\', '\ufeff', '\u2028', '[']) + text.slice(at),
    () => `\ufeff${text}`,
    () => `${text}${text}`,
    () => text.replaceAll('"', "'"),
    () => text.replace('{', '{"commandId":"","commandId":1,'),
    () => text.replace(/\}$/, ',}'),
    () => `${text.slice(0, -1)},"pad":"${'x'.repeat(random.chance(0.1) ? 17_000 : 100)}"}`,
    () => '',
    () => random.pick(hostileTexts),
    () => random.pick(['NaN', 'Infinity', '1e999', '-', '"\\ud800"', '"\\u0000"', '[,]', '{"a":01}', 'undefined']),
  ];
  return random.pick(ways)();
};

const otherPath = (url: string, random: Random): string =>
  random.pick([
    () => `${url}/`,
    () => `${url}//`,
    () => url.replace('/v1', '/v1/'),
    () => url.replace('/v1', '/V1'),
    () => `${url}/${encodeURIComponent(random.pick(hostileTexts).toWellFormed())}`,
    () => url.slice(0, random.between(1, url.length)),
    () => `${url};x=1`,
    () => `${url}%`,
    () => `${url}#${random.pick(['', 'x'])}`,
    () => `${url}.json`,
  ])();

/** What HTTP lets a header hold; the rest never leaves a client. */
const headerText = (random: Random): string =>
  random
    .pick(['null', 'https://evil.example', 'http://localhost', '*/*', 'bytes=0-0', 'gzip', ...hostileTexts])
    .replace(/[^\t\x20-\x7e]/g, '?');

const cookieText = (cookie: string | undefined, random: Random): string => {
  const value = headerText(random).slice(0, 2_000);
  return random.pick([
    () => `antrean-session=${value.replaceAll(';', '')}`,
    () => `antrean-session=${'0'.repeat(random.between(0, 300))}`,
    () => `${value}; ${cookie ?? ''}`,
    () => `${cookie ?? ''}; antrean-session=${value}`,
    () => `antrean-session="${value}"; antrean-session=; =;;`,
    () => value,
  ])();
};
