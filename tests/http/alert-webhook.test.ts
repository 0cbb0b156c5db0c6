import { createServer as createSafeServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { inspect } from 'node:util';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { lookUpPublic } from '@antrean/server/alerts/look-up-public.ts';
import type { WebhookFailed } from '@antrean/server/alerts/post-webhook.ts';
import { newWebhookSecret, postWebhookWith } from '@antrean/server/alerts/post-webhook.ts';
import { type WebhookHosts, webhookHosts } from '@antrean/server/alerts/webhook-hosts.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { WebhookBody } from '@antrean/shared/protocol/alert-webhook.ts';
import type { AddedWebhook, SubscribersView, WebhookState } from '@antrean/shared/protocol/alert-subscribers.ts';
import { generate } from 'selfsigned';
import { Webhook } from 'standardwebhooks';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { type Posted, WebhookSink } from '../harness/webhook-sink.ts';
import { type Answer, ask, expectProblem } from './ask.ts';

const blueprint = { ...plainHall, rules: { ...plainHall.rules, alertWaiting: 2 } };
const sink = new WebhookSink();
const logged: string[] = [];
let listed: WebhookHosts;
let hall: TestHall;
let chief: Record<string, string>;
/** Keeps what is logged, by whatever part, in the place of writing it. */
const heard = (log: ReturnType<typeof createLog>): ReturnType<typeof createLog> => {
  for (const level of ['info', 'warn', 'error'] as const) {
    log[level] = (...words: readonly unknown[]) => void logged.push(inspect(words, { depth: 8 }));
  }
  log.onChild = (child) => void heard(child);
  return log;
};

beforeAll(async () => {
  await sink.start();
  listed = webhookHosts(`${sink.host},localhost`)!;
  hall = await startTestHall({
    blueprint,
    nodeCount: 2,
    webhookHosts: (url) => listed(url),
    log: heard(createLog('info')),
  });
  await openHall(hall.managers[0]!, 1);
  const account = { login: 'chief', displayName: 'Chief', role: 'administrator', branchId: null } as const;
  const password = await createStaff(hall.sql, account);
  const answer = await ask(`${hall.nodes[0]!.address}/v1/sign-in`, 'POST', { body: { login: 'chief', password } });
  chief = { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
});
afterAll(async () => {
  await hall?.stop();
  await sink.stop();
});

const path = (rest: string): string => `${hall.nodes[0]!.address}/v1/branches/${hall.branchId}${rest}`;
const add = (url: unknown): Promise<Answer> => ask(path('/alert-webhooks'), 'POST', { headers: chief, body: { url } });
const act = (id: string, what: 'test' | 'remove'): Promise<Answer> =>
  ask(path(`/alert-subscribers/${id}/${what}`), 'POST', { headers: chief, body: {} });
const list = (): Promise<Answer> => ask(path('/alert-subscribers'), 'GET', { headers: chief });
const view = async (): Promise<SubscribersView> => (await list()).body as unknown as SubscribersView;
const stateFor = (expected: Partial<WebhookState>): Promise<number> =>
  waitUntil(`the page reads ${JSON.stringify(expected)}`, async () => {
    expect((await view()).webhooks).toMatchObject(expected);
    return true;
  });

const issued: string[] = [];
const stands = (isThere: boolean): Promise<number> =>
  waitUntil(isThere ? 'an alert stands' : 'none stands', async () => {
    const rows = await hall.sql`select from alert where resolved_at is null`;
    return rows.length > 0 === isThere;
  });
const raise = async (): Promise<void> => {
  for (let count = 0; count < 2; count++) {
    const { body } = await hall.visitors[count]!.post('/tickets', { serviceId: 'S-1' });
    issued.push((body.ticket as { id: string }).id);
  }
  await stands(true);
};
const resolve = async (): Promise<void> => {
  for (const id of issued.splice(0)) await hall.managers[0]!.post(`/tickets/${id}/cancel`);
  await stands(false);
};
/** As if the pause before the next try were over. */
const hurry = () => hall.sql`update alert_message set next_at = now() where ended_at is null`;
/** Nothing is under way or waits: what came is all that comes. */
const allEnded = (): Promise<number> =>
  waitUntil('all have ended', async () => {
    return (await hall.sql`select from alert_message where ended_at is null`).length === 0;
  });
const takenAfter = async (count: number): Promise<Posted[]> => {
  await waitUntil(`${count} posted`, () => sink.taken.length >= count);
  await allEnded();
  return sink.taken.splice(0);
};

let made: AddedWebhook;
/** Throws when the signature is not right, by somebody else's reckoning. */
const verified = ({ text, headers }: Posted): WebhookBody => {
  const body = new Webhook(made.secret).verify(text, headers as Record<string, string>);
  expect(Value.Check(WebhookBody, body), text).toBe(true);
  return body as WebhookBody;
};

test('[ALERT-8] an address is added once, and its secret is told with that answer alone', async () => {
  const added = await add(`http://${sink.host}/alerts?of=plain`);
  expect(added.status, added.text).toBe(201);
  expect(added.headers.get('cache-control')).toBe('no-store');
  made = added.body as unknown as AddedWebhook;
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(made.subscriber).toMatchObject({
    channel: 'webhook',
    address: `http://${sink.host}/alerts?of=plain`,
    language: null,
    stoppedAt: null,
  });
  expectProblem(await add(`http://${sink.host}/alerts?of=plain`), 409, 'SUBSCRIBER_KNOWN');
  for (const wrong of [
    '',
    'hooks',
    'ftp://127.0.0.1/',
    'https://a b',
    'https://a\r\nb',
    `https://${'a'.repeat(500)}`,
    null,
    7,
  ]) {
    expectProblem(await add(wrong), 400, 'INVALID');
  }
  expect((await view()).webhooks).toEqual({ isSetUp: true, waiting: 0, failed: 0, problem: null });
  expect((await view()).subscribers).toEqual([made.subscriber]);
});

test('[ALERT-8] with two nodes it is posted once when an alert is raised and once when it is over, signed', async () => {
  await raise();
  const raised = await takenAfter(1);
  expect(raised).toHaveLength(1);
  expect(raised[0]!.path).toBe('/alerts?of=plain');
  expect(raised[0]!.headers['content-type']).toBe('application/json');
  const first = verified(raised[0]!);
  const data = { hall: 'plain', hallName: 'Plain hall', kind: 'waiting', subject: '', name: '', limit: 2, worst: 2 };
  expect(first).toMatchObject({ type: 'alert.raised', data: { ...data, resolvedAt: null } });
  await resolve();
  const over = await takenAfter(1);
  expect(over).toHaveLength(1);
  const second = verified(over[0]!);
  expect(second).toMatchObject({ type: 'alert.resolved', data });
  expect((second.data as { alertId: string }).alertId).toBe((first.data as { alertId: string }).alertId);
  expect((second.data as { resolvedAt: string }).resolvedAt).toBe(second.timestamp);
  expect(over[0]!.headers['webhook-id']).not.toBe(raised[0]!.headers['webhook-id']);
  // Whoever changes a word is found out.
  const forged = { ...raised[0]!, text: raised[0]!.text.replace('"limit":2', '"limit":3') };
  expect(() => verified(forged)).toThrow(/signature/);
});

test('[ALERT-8] what is refused is tried again under the same id', async () => {
  sink.answers.push(503);
  await raise();
  await stateFor({ waiting: 1, failed: 0, problem: 'refused' });
  await hurry();
  const [before, after, ...more] = await takenAfter(2);
  expect(more).toEqual([]);
  expect(after!.headers['webhook-id']).toBe(before!.headers['webhook-id']);
  expect(after!.text).toBe(before!.text);
  verified(after!);
  await stateFor({ waiting: 0, failed: 0, problem: null });
  await resolve();
  await takenAfter(1);
});

test('[ALERT-8] a test tells what the receiver answered, and what did not arrive', async () => {
  expect((await act(made.subscriber.id, 'test')).body).toEqual({ isSent: true, problem: null, status: 204 });
  expect(verified(sink.taken.splice(0)[0]!)).toMatchObject({
    type: 'alert.test',
    data: { hall: 'plain', hallName: 'Plain hall' },
  });
  sink.answers.push(500);
  expect((await act(made.subscriber.id, 'test')).body).toEqual({ isSent: false, problem: 'refused', status: 500 });
  sink.taken.splice(0);
});

test('[ALERT-8] 410 stops an address, until a test arrives there', async () => {
  sink.answers.push(410);
  await raise();
  await stateFor({ waiting: 0, failed: 1, problem: 'gone' });
  await waitUntil('it is stopped', async () => (await view()).subscribers[0]!.stoppedAt !== null);
  await resolve();
  await raise();
  await resolve();
  await allEnded();
  expect(sink.taken.splice(0)).toHaveLength(1);
  expect((await act(made.subscriber.id, 'test')).body).toMatchObject({ isSent: true });
  expect((await view()).subscribers[0]!.stoppedAt).toBeNull();
  sink.taken.splice(0);
  await raise();
  expect(verified((await takenAfter(1))[0]!).type).toBe('alert.raised');
  await resolve();
  await takenAfter(1);
  await hall.sql`delete from alert_message where not is_sent`;
});

test('[ALERT-9] a redirect is not followed', async () => {
  for (const status of [301, 302, 307, 308]) {
    sink.answers.push(status);
    expect((await act(made.subscriber.id, 'test')).body).toEqual({ isSent: false, problem: 'redirected', status });
  }
  expect(sink.taken.splice(0).map(({ path: at }) => at)).toEqual(Array(4).fill('/alerts?of=plain'));
});

test('[ALERT-9] what is not listed is refused when it is added, and when the list has changed since', async () => {
  const port = sink.host.split(':')[1]!;
  for (const url of [
    'https://hooks.example.org/',
    'http://localhost/',
    `http://localhost:${port}/`,
    `https://localhost:${port}/`,
    'https://sub.localhost/',
    'http://127.0.0.1/',
    `http://127.0.0.2:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://somebody:word@${sink.host}/`,
    `http://${sink.host}/#part`,
    `http://localhost@127.0.0.2:${port}/`,
    'https://169.254.169.254/latest/meta-data/',
  ]) {
    expectProblem(await add(url), 409, 'WEBHOOK_NOT_LISTED');
  }
  const before = listed;
  listed = webhookHosts('hooks.example.org')!;
  expect((await act(made.subscriber.id, 'test')).body).toEqual({ isSent: false, problem: 'not-listed', status: null });
  await raise();
  await stateFor({ waiting: 1, problem: 'not-listed' });
  expect(sink.taken).toEqual([]);
  listed = before;
  await hurry();
  expect(await takenAfter(1)).toHaveLength(1);
  await resolve();
  await takenAfter(1);
});

test('[ALERT-9] a listed name that leads to a private address is refused', async () => {
  const added = await add('https://localhost/');
  expect(added.status, added.text).toBe(201);
  const { id } = (added.body as unknown as AddedWebhook).subscriber;
  expect((await act(id, 'test')).body).toEqual({ isSent: false, problem: 'private-address', status: null });
  expect((await act(id, 'remove')).status).toBe(204);
});

test('[ALERT-9] no name opens a way inside, whatever else it leads to', async () => {
  const resolving = (...addresses: string[]) =>
    new Promise<unknown>((answered) => {
      const lookUp: LookupFunction = lookUpPublic((_name, _options, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        ),
      );
      lookUp('hooks.example.org', { all: true }, (error, found) => answered(error?.code ?? found));
    });
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '0.0.0.0',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    'ff02::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'nothing',
  ]) {
    expect(await resolving(address), address).toBe('EPRIVATEADDRESS');
    expect(await resolving('93.184.216.34', address), address).toBe('EPRIVATEADDRESS');
  }
  expect(await resolving()).toBe('EPRIVATEADDRESS');
  expect(await resolving('93.184.216.34', '::ffff:93.184.216.34', '2606:2800:220:1::1')).toHaveLength(3);
});

test('[ALERT-9] the list names hosts and ports, and no more than it says', () => {
  const hosts = webhookHosts('hooks.example.org, *.example.net:8443 ,10.0.0.5:8443,[::1]:9000,127.0.0.1:80')!;
  const at = (url: string) => hosts(new URL(url));
  expect(at('https://hooks.example.org/a')).toBe('name');
  expect(at('https://HOOKS.example.org:443/a')).toBe('name');
  expect(at('https://a.b.example.net:8443/')).toBe('name');
  expect(at('https://10.0.0.5:8443/')).toBe('address');
  expect(at('https://0xa.5:8443/')).toBe('address');
  expect(at('http://[::1]:9000/')).toBe('address');
  expect(at('http://127.0.0.1/')).toBe('address');
  for (const url of [
    'http://hooks.example.org/',
    'https://hooks.example.org:8443/',
    'https://hooks.example.org./',
    'https://evilhooks.example.org/',
    'https://example.net:8443/',
    'https://evilexample.net:8443/',
    'https://a.example.net/',
    'http://10.0.0.5:8443/',
    'https://10.0.0.5/',
    'https://[::1]/',
  ]) {
    expect(at(url), url).toBeNull();
  }
  expect(webhookHosts('')).toBeNull();
  expect(webhookHosts(' , ')).toBeNull();
});

test('[ALERT-9] a receiver that hangs, is not there or cannot show who it is ends a try', async () => {
  const hosts: WebhookHosts = () => 'address';
  const body = {
    type: 'alert.test',
    timestamp: new Date(0).toISOString(),
    data: { hall: 'h', hallName: 'H' },
  } as const;
  const tryAt = (url: string, withinMs?: number) =>
    postWebhookWith({ hosts, now: Date.now, ...(withinMs && { withinMs }) })({
      id: 'one',
      url,
      secret: newWebhookSecret(),
      body,
    }).catch((error: unknown) => (error as WebhookFailed).problem);
  sink.answers.push(0);
  expect(await tryAt(`http://${sink.host}/`, 50)).toBe('late');
  sink.taken.splice(0);
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const safe = createSafeServer({ key, cert });
  await new Promise<void>((listening) => safe.listen(0, '127.0.0.1', listening));
  const { port } = safe.address() as AddressInfo;
  expect(await tryAt(`https://127.0.0.1:${port}/`)).toBe('tls');
  await new Promise((closed) => safe.close(closed));
  expect(await tryAt(`https://127.0.0.1:${port}/`)).toBe('unreachable');
});

test('[ALERT-8] whoever is removed is told nothing that waits; nothing but the first answer has the secret', async () => {
  sink.answers.push(503);
  await raise();
  await stateFor({ waiting: 1 });
  const bytes = Buffer.from(made.secret.slice(6), 'base64');
  const [kept] = await hall.sql<{ row: string }[]>`select row_to_json(s)::text as row from alert_subscriber s`;
  const audit = await ask(`${hall.nodes[0]!.address}/v1/audit`, 'GET', { headers: chief });
  expect(audit.status).toBe(200);
  const [trail] = await hall.sql<{ all: string }[]>`select json_agg(a)::text as all from audit_entry a`;
  expect(trail!.all).toContain('alert.webhook-added');
  expect(trail!.all).not.toContain(sink.host);
  expect(logged.join('\n')).toContain('a message of an alert was not sent');
  const told = [(await list()).text, (await act(made.subscriber.id, 'test')).text, audit.text, trail!.all, kept!.row];
  for (const text of [...told, logged.join('\n')]) {
    for (const encoding of ['base64', 'base64url', 'hex'] as const)
      expect(text).not.toContain(bytes.toString(encoding));
  }
  expect((await act(made.subscriber.id, 'remove')).status).toBe(204);
  expect(await hall.sql`select from alert_message`).toHaveLength(0);
  sink.taken.splice(0);
  await resolve();
  expect(sink.taken).toEqual([]);
});

test('[ALERT-8] of tests there are so many only, by e-mail as well', async () => {
  const added = (await add(`http://${sink.host}/many`)).body as unknown as AddedWebhook;
  let answer = await act(added.subscriber.id, 'test');
  for (let count = 0; count < 20 && answer.status === 200; count++) answer = await act(added.subscriber.id, 'test');
  expectProblem(answer, 429, 'TOO_MANY_TRIES');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});
