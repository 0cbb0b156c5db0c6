import { randomBytes, randomUUID } from 'node:crypto';
import { Seal } from '@antrean/server/access/seal.ts';
import { JoiningCodes } from '@antrean/server/joining/joining-codes.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { JoiningCodeView } from '@antrean/shared/protocol/joining.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, openHall, signIn } from '../harness/api.ts';
import { letIn } from '../harness/let-in.ts';
import { Phone } from '../harness/phone.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { testSeal } from '../harness/test-seal.ts';
import { buildScreens } from '../screens/build-screens.ts';
import { type Answer, ask, expectProblem } from './ask.ts';

let hall: TestHall;
let manager: Api;
let display: string;

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const everyDay = Object.fromEntries(weekdays.map((day) => [day, { opens: '09:00', closes: '17:00' }]));
const joinable = {
  ...plainHall,
  hours: { week: everyDay },
  languages: ['en', 'id'],
  agencies: [...plainHall.agencies, { id: 'B', name: { en: 'Office B', id: 'Kantor B' } }],
  services: [
    ...plainHall.services,
    {
      ...plainHall.services[0]!,
      id: 'S-full',
      agency: 'B',
      prefix: 'X',
      quota: 1,
      fee: 15_000,
      requirements: { en: ['Identity <card>'] },
    },
    { ...plainHall.services[0]!, id: 'S-one', agency: 'B', prefix: 'Y', onePerHolder: true },
    { ...plainHall.services[0]!, id: 'S-late', agency: 'B', prefix: 'Z' },
  ],
  journeys: [
    { id: 'J', name: { en: 'A child is born' }, steps: [['S-2', 'S-3'], ['S-late']], source: 'made for tests' },
  ],
  rules: { ...plainHall.rules, remoteJoining: true },
};
const { remoteJoining: _, ...without } = joinable.rules;

beforeAll(async () => {
  await buildScreens();
  hall = await startTestHall({ nodeCount: 2, servesScreens: true, trusts: () => true, blueprint: joinable });
  manager = hall.managers[0]!;
  await importBlueprint(hall.sql, { ...joinable, branch: 'other' });
  await importBlueprint(hall.sql, { ...joinable, branch: 'homely', rules: without });
  display = (await letIn(manager.address, hall.branchId, manager.headers, { kind: 'display' })).cookie;
});
afterAll(() => hall?.stop());

beforeEach(async () => {
  await manager.post('/day/close');
  await openHall(manager, 1);
});

const page = '/join/plain';
const codeAt = (node: number, cookie: string, branchId = hall.branchId): Promise<Answer> =>
  ask(`${hall.nodes[node]!.address}/v1/branches/${branchId}/joining-code`, 'GET', { headers: { cookie } });
const codeNow = async (): Promise<string> => String((await codeAt(0, display)).body?.code);
const tickets = async (): Promise<number> =>
  Number((await hall.sql`select count(*)::int as count from ticket_event where type = 'ticket.issued'`)[0]!.count);

let phones = 0;
/** Each from an address of its own, so that no test is limited by another. */
const newPhone = (from = `10.0.${Math.floor(phones / 250)}.${(phones++ % 250) + 1}`): Phone =>
  new Phone(manager.address, { 'x-forwarded-for': from, 'accept-language': 'en' });
/** A phone that was in the hall. */
const phoneInHall = async (from?: string): Promise<Phone> => {
  const phone = newPhone(from);
  expect((await phone.get(`${page}?code=${await codeNow()}`)).status).toBe(303);
  return phone;
};
const commandIdIn = ({ text }: Answer): string => /name="commandId" value="([^"]+)"/.exec(text)?.[1] ?? '';
const locationOf = ({ headers }: Answer): string => headers.get('location') ?? '';
const take = async (phone: Phone, service = 'S-0', form: Record<string, string> = {}): Promise<Answer> => {
  const commandId = commandIdIn(await phone.get(`${page}?service=${service}`)) || randomUUID();
  return phone.post(`${page}?service=${service}`, { commandId, priority: '', ...form });
};
const leave = (answer: Answer): Promise<Answer> =>
  ask(`${manager.address}/v1/visits/${/\/v\/([^?]+)/.exec(locationOf(answer))?.[1]}/cancel`, 'POST', {
    body: { commandId: randomUUID() },
  });

test('[JOIN-2] devices of the hall and its staff are told the code, the same at every node; open screens tell nobody', async () => {
  const both = async () => [(await codeAt(0, display)).body, (await codeAt(1, display)).body];
  let [first, second] = await both();
  // Once in a while a minute ends between the two.
  if (first?.code !== second?.code) [first, second] = await both();
  expect(Value.Check(JoiningCodeView, first)).toBe(true);
  expect(second?.code).toBe(first?.code);
  expect((await codeAt(0, manager.headers.cookie!)).status).toBe(200);
  expectProblem(await codeAt(0, ''), 401, 'SIGN_IN_NEEDED');
  const kiosk = await letIn(manager.address, hall.branchId, manager.headers, { kind: 'kiosk' });
  expectProblem(await codeAt(0, kiosk.cookie), 403, 'NOT_ALLOWED');
  const elsewhere = await letIn(manager.address, 'other', manager.headers, { kind: 'display' });
  expectProblem(await codeAt(0, elsewhere.cookie), 404, 'BRANCH_UNKNOWN');
  expect((await codeAt(0, elsewhere.cookie, 'other')).body?.code).not.toBe(first?.code);
});

test('[JOIN-1] a hall without the rule has no code, and its page gives no ticket', async () => {
  const chief = await signIn(manager.address, 'homely', 'manager', hall.managerPassword);
  expectProblem(await codeAt(0, chief.headers.cookie!, 'homely'), 409, 'NO_REMOTE_JOINING');
  const { code } = new JoiningCodes(testSeal).codeOf('homely' as BranchId, Date.now());
  const before = await tickets();
  for (const branch of ['homely', 'nowhere', '%00', encodeURIComponent('<b>')]) {
    const phone = newPhone();
    for (const answer of [
      await phone.get(`/join/${branch}?code=${code}`),
      await phone.post(`/join/${branch}?service=S-0`, { commandId: randomUUID() }),
    ]) {
      expect(answer.status, branch).toBe(404);
      expect(answer.text).toContain('gives no numbers to phones');
      expect(answer.text).not.toContain('<b>');
    }
    expect(phone.told).toEqual([]);
  }
  expect(await tickets()).toBe(before);
});

test('[JOIN-3] a code is exchanged for a proof that no script has, and is gone from the address', async () => {
  const phone = newPhone();
  const answer = await phone.get(`${page}?code=${await codeNow()}`);
  expect([answer.status, locationOf(answer)]).toEqual([303, `${page}?language=en`]);
  expect(phone.told.map((line) => line.replace(/=[^;]+/, ''))).toEqual([
    'antrean-joining; Max-Age=600; Path=/join; HttpOnly; SameSite=Lax',
    'antrean-phone; Max-Age=86400; Path=/join; HttpOnly; SameSite=Lax',
  ]);
  const shown = await phone.get(locationOf(answer));
  expect(shown.status).toBe(200);
  expect(shown.headers.get('referrer-policy')).toBe('no-referrer');
  expect(shown.headers.get('x-robots-tag')).toContain('noindex');
  expect(shown.headers.get('cache-control')).toBe('no-store');
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(shown.text).not.toMatch(/<script|https?:/);
  // Behind TLS the cookies go over TLS only; who comes again stays the same phone.
  const secure = new Phone(manager.address, { 'x-forwarded-proto': 'https' });
  await secure.get(`${page}?code=${await codeNow()}`);
  expect(secure.told).toHaveLength(2);
  for (const line of secure.told) expect(line).toContain('; Secure');
  const known = phone.cookies.get('antrean-phone');
  await phone.get(`${page}?code=${await codeNow()}`);
  expect(phone.cookies.get('antrean-phone')).toBe(known);
});

test('[JOIN-3] wrong, malformed and run-out codes and those of another hall are answered alike, in the own language', async () => {
  const codes = new JoiningCodes(testSeal);
  const good = await codeNow();
  const wrong = [
    codes.codeOf('plain' as BranchId, Date.now() - 24 * 3_600_000).code,
    codes.codeOf('plain' as BranchId, Date.now() - 3 * 60_000).code,
    codes.codeOf('plain' as BranchId, Date.now() + 2 * 60_000).code,
    codes.codeOf('other' as BranchId, Date.now()).code,
    new JoiningCodes(new Seal([randomBytes(32)])).codeOf('plain' as BranchId, Date.now()).code,
    '',
    'x'.repeat(500),
    `${good}A`,
    `${good}&code=${good}`,
    encodeURIComponent('"><script>alert(1)</script>'),
  ];
  const answers = new Set<string>();
  for (const code of wrong) {
    const phone = newPhone();
    const answer = await phone.get(`${page}?code=${code}`);
    expect([answer.status, phone.told], code).toEqual([403, []]);
    answers.add(answer.text);
  }
  // Without any code, too.
  answers.add((await newPhone().get(page)).text);
  expect(answers.size).toBe(1);
  expect([...answers][0]).toContain('Please scan the code on the screen again');
  const indonesian = await new Phone(manager.address, { 'accept-language': 'id' }).get(`${page}?code=x`);
  expect(indonesian.text).toContain('Silakan pindai kembali kode di layar');
  // The hall speaks no Russian: its own first language.
  expect((await new Phone(manager.address, { 'accept-language': 'ru' }).get(page)).text).toContain('<html lang="en">');
});

test('[JOIN-3] 1,000 guesses: none is right, nearly all are turned away, and who has the code is not', async () => {
  const statuses = new Map<number, number>();
  const guesser = async (): Promise<void> => {
    for (let count = 0; count < 125; count++) {
      const phone = newPhone('10.9.9.9');
      const { status } = await phone.get(`${page}?code=${randomBytes(12).toString('base64url')}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(phone.told).toEqual([]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, guesser));
  expect([...statuses.keys()].toSorted()).toEqual([403, 429]);
  expect(statuses.get(403)).toBe(60);
  const limited = await newPhone('10.9.9.9').get(`${page}?code=x`);
  expect(limited.text).toContain('Too many tries');
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  await phoneInHall('10.9.9.9');
});

test('[JOIN-3] a proof that ran out, is of another hall, for something else or changed takes no ticket; nor does another site', async () => {
  const phone = await phoneInHall();
  const good = phone.cookies.get('antrean-joining')!;
  const proof = { branchId: hall.branchId, phone: 'a'.repeat(64) };
  const until = Date.now() + 600_000;
  const before = await tickets();
  for (const [name, sealed] of Object.entries({
    'run out': testSeal.closeUntil(proof, Date.now() - 1, 'joining'),
    'another hall': testSeal.closeUntil({ ...proof, branchId: 'other' }, until, 'joining'),
    'something else': testSeal.closeUntil(proof, until, 'oidc'),
    'other keys': new Seal([randomBytes(32)]).closeUntil(proof, until, 'joining'),
    changed: `${good.slice(0, -2)}AA`,
    empty: '',
  })) {
    phone.cookies.set('antrean-joining', sealed);
    const answer = await phone.post(`${page}?service=S-0`, { commandId: randomUUID() });
    expect([answer.status, answer.text.includes('scan the code')], name).toEqual([403, true]);
    expect((await phone.get(`${page}?service=S-0`)).status, name).toBe(403);
  }
  phone.cookies.set('antrean-joining', good);
  for (const site of ['cross-site', 'same-site', 'none']) {
    const foreign = { 'sec-fetch-site': site };
    expect((await phone.post(`${page}?service=S-0`, { commandId: randomUUID() }, foreign)).status, site).toBe(200);
  }
  expect(await tickets()).toBe(before);
  expect((await take(phone)).status).toBe(303);
});

test('[JOIN-4] agency, service, ticket: read by GET, taken by POST, once for a form sent twice, at two nodes', async () => {
  const phone = await phoneInHall();
  const before = await tickets();
  const agencies = await phone.get(`${page}?language=id`);
  expect(agencies.text).toContain('Kantor B');
  expect(agencies.text).toContain('/join/plain?agency=B&#38;language=id');
  const services = await phone.get(`${page}?agency=A`);
  expect(services.text).toContain('/join/plain?service=S-0&#38;language=en');
  expect(services.text).not.toContain('S-full');
  const shown = await phone.get(`${page}?service=S-full`);
  expect(shown.text).toContain('Identity &#60;card&#62;');
  expect(shown.text).toMatch(/IDR.15,000/);
  expect(shown.text).toContain('Elderly');
  // Looking, at whatever address, takes nothing.
  await phone.get(`${page}?service=S-0&commandId=${randomUUID()}&priority=`);
  await fetch(`${manager.address}${page}?service=S-0`, { method: 'HEAD' });
  expect(await tickets()).toBe(before);

  const form = { commandId: commandIdIn(await phone.get(`${page}?service=S-0&language=id`)), priority: 'elderly' };
  const address = `${page}?service=S-0&language=id`;
  const other = phone.at(hall.nodes[1]!.address);
  const answers = await Promise.all([phone.post(address, form), phone.post(address, form), other.post(address, form)]);
  const capital = await other.post(address, { ...form, commandId: form.commandId.toUpperCase() });
  const places = new Set([...answers, capital].map((answer) => `${answer.status} ${locationOf(answer)}`));
  expect([...places]).toEqual([expect.stringMatching(/^303 \/v\/[A-Za-z0-9_-]{22}\?language=id$/)]);
  expect(await tickets()).toBe(before + 1);
  const visit = await phone.get(locationOf(capital));
  expect(visit.text).toMatch(/id="number"><bdi>A00\d</);
  const [event] = await hall.sql`
    select actor, data from ticket_event where type = 'ticket.issued' order by version desc limit 1`;
  expect(event).toMatchObject({
    actor: { kind: 'visitor' },
    data: {
      ...{ channel: 'phone', language: 'id', priority: 'elderly' },
      takenWith: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  });
  expect(JSON.stringify(event)).not.toContain(phone.cookies.get('antrean-phone'));
});

test('[JOIN-4] a phone has one open ticket and is led to it; another phone does not get it by the same form', async () => {
  const phone = await phoneInHall();
  const form = { commandId: randomUUID(), priority: '' };
  const first = await phone.post(`${page}?service=S-0`, form);
  expect(first.status).toBe(303);
  const [, link] = /\/v\/([^?]+)/.exec(locationOf(first)) ?? [];
  const before = await tickets();
  const second = await phone.post(`${page}?service=S-1`, { ...form, commandId: randomUUID() });
  expect(second.status).toBe(409);
  expect(second.text).toContain(`href="/v/${link}?language=en"`);
  // The decider of the other node refuses it as well, and a look shows the way.
  const elsewhere = await phone.at(hall.nodes[1]!.address).post(`${page}?service=S-2`, { commandId: randomUUID() });
  expect(elsewhere.status).toBe(409);
  const looked = await phone.get(`${page}?service=S-1`);
  expect([looked.status, looked.text.includes(`/v/${link}`)]).toEqual([200, true]);
  // A code that is scanned once more, or a proof that has run out, changes nothing in that.
  phone.cookies.delete('antrean-joining');
  expect((await phone.get(page)).text).toContain(`/v/${link}`);
  await phone.get(`${page}?code=${await codeNow()}`);
  expect((await take(phone)).status).toBe(409);
  expect(await tickets()).toBe(before);

  const stranger = await phoneInHall();
  const taken = await stranger.post(`${page}?service=S-0`, form);
  expect(taken.status).toBe(303);
  expect(locationOf(taken)).not.toBe(locationOf(first));

  expect((await leave(first)).status).toBe(200);
  const next = await take(phone, 'S-1');
  expect(next.status).toBe(303);
  expect(locationOf(next)).not.toContain(link);
  // What was sent long ago still leads to what it brought.
  expect(locationOf(await phone.post(`${page}?service=S-0`, form))).toBe(locationOf(first));
});

test('[JOIN-4] two phones that ask at once at two nodes for one last number: one gets it, the other the reason', async () => {
  const one = await phoneInHall();
  const two = (await phoneInHall()).at(hall.nodes[1]!.address);
  const answers = await Promise.all([take(one, 'S-full'), take(two, 'S-full')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
  expect(answers.find(({ status }) => status === 409)?.text).toContain(
    'The one number of this service for today is taken',
  );
});

test('[JOIN-4] what gives no ticket now says why, and a form of before is refused with it', async () => {
  const phone = await phoneInHall();
  const first = await take(phone, 'S-full');
  expect(first.status).toBe(303);
  const other = await phoneInHall();
  const list = await other.get(`${page}?agency=B`);
  const reasons = [...list.text.matchAll(/data-choice="([^"]+)">\s*<(a|p)/g)].map(([, id, tag]) => [id, tag]);
  expect(reasons).toEqual([
    ['S-full', 'p'],
    ['S-one', 'p'],
    ['S-late', 'a'],
  ]);
  expect(list.text).toContain('needs the number of your document');
  const before = await tickets();
  for (const [service, text] of [
    ['S-full', 'of this service for today is taken'],
    ['S-one', 'needs the number of your document'],
  ] as const) {
    const shown = await other.get(`${page}?service=${service}`);
    expect([shown.text.includes('id="take"'), shown.text.includes(text)], service).toEqual([false, true]);
    const refused = await take(other, service);
    expect([refused.status, refused.text.includes(text)], service).toEqual([409, true]);
  }
  expect((await take(other, 'S-late', { priority: 'nobility' })).status).toBe(409);
  expect((await take(other, 'S-late', { commandId: 'x' })).status).toBe(409);
  // There is no such service: what there is.
  expect((await take(other, 'nothing')).text).toContain('data-choice="A"');
  await manager.post('/day/close');
  const closed = (await other.get(page)).text;
  expect(closed).toContain('The hall is closed now');
  expect(closed).toMatch(/Opens: [A-Z][a-z]+day, /);
  expect((await take(other, 'S-late')).status).toBe(409);
  expect(await tickets()).toBe(before);
});

test('[JOIN-4] [JOURNEY-1] several services under one number are taken as one service is', async () => {
  const phone = await phoneInHall();
  expect((await phone.get(page)).text).toContain('/join/plain?journey=J&#38;language=en');
  const shown = await phone.get(`${page}?journey=J`);
  expect(shown.text).toContain('A child is born');
  const form = { commandId: commandIdIn(shown), priority: '' };
  const before = await tickets();
  const taken = await phone.post(`${page}?journey=J`, form);
  expect(locationOf(taken)).toMatch(/^\/v\//);
  expect(locationOf(await phone.post(`${page}?journey=J`, form))).toBe(locationOf(taken));
  expect(await tickets()).toBe(before + 1);
  const [event] =
    await hall.sql`select data from ticket_event where type = 'ticket.issued' order by version desc limit 1`;
  expect(event).toMatchObject({ data: { journeyId: 'J', channel: 'phone', serviceId: 'S-2' } });
  expect((await phone.post(`${page}?journey=J`, { ...form, commandId: randomUUID() })).status).toBe(409);
});

test('[JOIN-5] a phone asks for ten tickets in a quarter of an hour', async () => {
  const phone = await phoneInHall();
  for (let count = 0; count < 10; count++) expect((await leave(await take(phone))).status).toBe(200);
  const before = await tickets();
  const next = await take(phone);
  expect([next.status, next.text.includes('Too many tries')]).toEqual([429, true]);
  expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(60);
  expect(await tickets()).toBe(before);
});

test('[JOIN-5] from one address phones take 120 tickets in ten minutes, and those of other addresses are not kept out', async () => {
  const code = await codeNow();
  const statuses: number[] = [];
  const taker = async (): Promise<void> => {
    for (let count = 0; count < 31; count++) {
      const phone = newPhone('10.8.8.8');
      await phone.get(`${page}?code=${code}`);
      statuses.push((await phone.post(`${page}?service=S-0`, { commandId: randomUUID() })).status);
    }
  };
  await Promise.all(Array.from({ length: 4 }, taker));
  expect(statuses.filter((status) => status === 303)).toHaveLength(120);
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  expect((await take(await phoneInHall())).status).toBe(303);
});
