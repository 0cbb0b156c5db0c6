import { writeMessage } from '@antrean/server/alerts/write-message.ts';
import { createStaff } from '@antrean/server/access/create-staff.ts';
import { triesMost } from '@antrean/server/alerts/outbox.ts';
import type { AlertsView } from '@antrean/shared/protocol/alerts.ts';
import type { MailState, SubscribersView } from '@antrean/shared/protocol/alert-subscribers.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { MailSink } from '../harness/mail-sink.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { type Answer, ask, expectProblem } from './ask.ts';

const blueprint = { ...plainHall, rules: { ...plainHall.rules, alertWaiting: 2 } };
const sink = new MailSink();
let hall: TestHall;
let chief: Record<string, string>;
beforeAll(async () => {
  await sink.be('takes');
  hall = await startTestHall({
    blueprint,
    nodeCount: 2,
    mail: { smtpUrl: sink.url, from: 'Queue <queue@hall.example>' },
    publicUrl: new URL('https://queue.example'),
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

const path = (rest = ''): string => `${hall.nodes[0]!.address}/v1/branches/${hall.branchId}/alert-subscribers${rest}`;
const add = (address: unknown, language: unknown = 'en'): Promise<Answer> =>
  ask(path(), 'POST', { headers: chief, body: { address, language } });
const act = (id: string, what: 'test' | 'remove'): Promise<Answer> =>
  ask(path(`/${id}/${what}`), 'POST', { headers: chief, body: {} });
const listed = async (): Promise<SubscribersView> =>
  (await ask(path(), 'GET', { headers: chief })).body as unknown as SubscribersView;

const issued: string[] = [];
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
const stands = (isThere: boolean): Promise<number> =>
  waitUntil(isThere ? 'an alert stands' : 'none stands', async () => {
    const rows = await hall.sql`select from alert where resolved_at is null`;
    return rows.length > 0 === isThere;
  });
const subjects = (): string[] =>
  sink.taken
    .splice(0)
    .map(({ to, subject }) => `${to.join()}: ${subject}`)
    .toSorted();
const arrives = async (...expected: string[]): Promise<void> => {
  await waitUntil(`${expected.length} messages`, () => sink.taken.length >= expected.length);
  expect(subjects()).toEqual(expected);
};
const messages = () => hall.sql<
  { tells: string; tries: number; ended: boolean; sent: boolean; problem: string | null }[]
>`
  select tells, tries, ended_at is not null as ended, is_sent as sent, problem from alert_message order by made_at, tells`;
/** As if the pause before the next try were over. */
const hurry = () => hall.sql`update alert_message set next_at = now() where ended_at is null`;
const stateFor = async (expected: Partial<MailState>): Promise<void> => {
  await waitUntil(`the manager reads ${JSON.stringify(expected)}`, async () => {
    const answer = await ask(path().replace('alert-subscribers', 'alerts'), 'GET', {
      headers: hall.managers[0]!.headers,
    });
    expect((answer.body as unknown as AlertsView).mail).toMatchObject(expected);
    return true;
  });
  expect((await listed()).mail).toMatchObject(expected);
};

test('[ALERT-6] addresses are added once, in plain form, and noted without the address', async () => {
  const added = await add('Manager@hall.example');
  expect(added.status, added.text).toBe(201);
  expect(added.body).toMatchObject({ address: 'Manager@hall.example', language: 'en' });
  expectProblem(await add('manager@hall.example'), 409, 'SUBSCRIBER_KNOWN');
  for (const wrong of [
    'manager',
    'a@b',
    'Chief <a@b.example>',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    `${'a'.repeat(65)}@b.example`,
    '',
    null,
    7,
  ]) {
    expectProblem(await add(wrong), 400, 'INVALID');
  }
  expectProblem(await add('b@hall.example', 'fr'), 400, 'INVALID');
  expect((await add('zal@hall.example', 'ru')).status).toBe(201);
  expect((await listed()).subscribers.map(({ address }) => address)).toEqual([
    'Manager@hall.example',
    'zal@hall.example',
  ]);
  const notes =
    await hall.sql`select action, after::text as after from audit_entry where action like 'alert.%' order by seq`;
  expect(notes.map(({ action, after }) => `${action} ${after}`)).toEqual([
    'alert.subscriber-added {"language":"en"}',
    'alert.subscriber-added {"language":"ru"}',
  ]);
});

test('[ALERT-7] each address gets one message when an alert begins and one when it is over, in its language', async () => {
  await raise();
  await waitUntil('two messages', () => sink.taken.length >= 2);
  const mail = sink.taken.find(({ to }) => to[0] === 'Manager@hall.example')!;
  expect(mail.subject).toBe('Plain hall: People waiting: 2 (limit 2)');
  expect(mail.headers.get('from')).toBe('Queue <queue@hall.example>');
  expect(mail.headers.get('message-id')).toMatch(/^<[0-9a-f-]{36}@hall\.example>$/);
  expect(mail.headers.get('content-type')).toContain('text/plain');
  expect(mail.body).toContain('https://queue.example/manager?branch=plain');
  const other = sink.taken.find(({ to }) => to[0] === 'zal@hall.example')!;
  expect(other.body).toContain('Ждут посетители: 2 (предел 2)');
  sink.taken.splice(0);
  await resolve();
  await waitUntil('two messages', () => sink.taken.length >= 2);
  expect(sink.taken.map(({ body }) => body).join('\n')).toMatch(/Over: it lasted from \d\d:\d\d to \d\d:\d\d\./);
  sink.taken.splice(0);
  expect((await messages()).every(({ sent, ended, tries }) => sent && ended && tries === 1)).toBe(true);
  const [ru] = (await listed()).subscribers.slice(1);
  expect((await act(ru!.id, 'remove')).status).toBe(204);
  expect((await listed()).subscribers).toHaveLength(1);
});

test('[ALERT-7] a mail server that is down is tried again until it is back, and pages say so', async () => {
  await sink.be('shut');
  await raise();
  await stateFor({ isSetUp: true, waiting: 1, failed: 0, problem: 'unreachable' });
  await resolve();
  // That it is over is told only after it was told that it began.
  expect((await messages()).slice(-2)).toMatchObject([
    { tells: 'raised', ended: false, problem: 'unreachable' },
    { tells: 'resolved', tries: 0, ended: false },
  ]);
  await sink.be('takes');
  await hurry();
  await waitUntil('both arrive', () => sink.taken.length >= 2);
  expect(sink.taken.splice(0).map(({ subject }) => subject)).toEqual([
    'Plain hall: People waiting: 2 (limit 2)',
    'Plain hall: over: People waiting: 2 (limit 2)',
  ]);
  await stateFor({ waiting: 0, failed: 0, problem: null });
});

test('[ALERT-7] one that takes none now is tried again; one that refuses is given up, and then nothing tells that it is over', async () => {
  await sink.be('busy');
  await raise();
  await stateFor({ waiting: 1, problem: 'busy' });
  await sink.be('refuses');
  await hurry();
  await stateFor({ waiting: 0, failed: 1, problem: 'refused' });
  await resolve();
  await sink.be('takes');
  await raise();
  await arrives('Manager@hall.example: Plain hall: People waiting: 2 (limit 2)');
  await resolve();
  await arrives('Manager@hall.example: Plain hall: over: People waiting: 2 (limit 2)');
  await hall.sql`delete from alert_message where not is_sent`;
});

test('[ALERT-7] one that hangs holds nothing up, and after its last try a message is given up', async () => {
  await sink.be('hangs');
  await raise();
  // What the hall does goes on, and so do alerts.
  expect((await hall.managers[1]!.post('/counters/C-1/call-next')).status).toBe(200);
  await stands(false);
  await stateFor({ waiting: 1, problem: 'unreachable' });
  await hall.sql`update alert_message set tries = ${triesMost - 1}, next_at = now() where tells = 'raised' and ended_at is null`;
  await stateFor({ waiting: 0, failed: 2, problem: 'unreachable' });
  await sink.be('takes');
  await hall.sql`delete from alert_message where not is_sent`;
  await hall.managers[0]!.post('/counters/C-1/finish', {});
  issued.splice(0);
}, 60_000);

test('[ALERT-7] what is put off is told neither when it is over nor, where it was not told yet, that it began', async () => {
  await sink.be('shut');
  await raise();
  await stateFor({ waiting: 1 });
  const [alert] = await hall.sql<{ id: string }[]>`select id from alert where resolved_at is null`;
  const snoozed = await ask(path().replace('alert-subscribers', `alerts/${alert!.id}/snooze`), 'POST', {
    headers: hall.managers[0]!.headers,
    body: { minutes: 15 },
  });
  expect(snoozed.status).toBe(200);
  await sink.be('takes');
  await hurry();
  const [subscriber] = (await listed()).subscribers;
  expect((await act(subscriber!.id, 'test')).body).toEqual({ isSent: true, problem: null, status: null });
  expect(subjects()).toEqual(['Manager@hall.example: Plain hall: test message']);
  await resolve();
  expect((await messages()).at(-1)).toMatchObject({ tells: 'raised', ended: true, sent: false, problem: null });
  expect((await listed()).mail).toMatchObject({ waiting: 0, failed: 0 });
  expect(sink.taken).toEqual([]);
  await hall.sql`delete from alert_message where not is_sent`;
  sink.taken.splice(0);
});

test('[ALERT-6] a test tells truthfully what the mail server said, and is noted', async () => {
  const [subscriber] = (await listed()).subscribers;
  for (const [mood, problem] of [
    ['takes', null],
    ['shut', 'unreachable'],
    ['busy', 'busy'],
    ['refuses', 'refused'],
    ['hangs', 'unreachable'],
  ] as const) {
    await sink.be(mood);
    const answer = await act(subscriber!.id, 'test');
    expect([answer.status, answer.body], mood).toEqual([200, { isSent: problem === null, problem, status: null }]);
  }
  await sink.be('takes');
  expectProblem(await act('00000000-0000-4000-8000-000000000000', 'test'), 404, 'SUBSCRIBER_UNKNOWN');
  const [noted] =
    await hall.sql`select count(*)::int as count from audit_entry where action = 'alert.subscriber-tested'`;
  expect(noted?.count).toBe(6);
}, 60_000);

test('[ALERT-6] whoever is removed is told nothing that waits, and the address is gone', async () => {
  sink.taken.splice(0);
  await sink.be('shut');
  await raise();
  await stateFor({ waiting: 1 });
  const [subscriber] = (await listed()).subscribers;
  expect((await act(subscriber!.id, 'remove')).status).toBe(204);
  expect(await messages()).toEqual([]);
  await sink.be('takes');
  await resolve();
  expect(sink.taken).toEqual([]);
});

test('[ALERT-7] a message is plain text without a line that is cut, in every language', () => {
  const setup = setupOfBlueprint({ ...plainHall, languages: [...catalogueLanguages] });
  const alert = { kind: 'longest-wait', subject: 'S-1', name: null, area: null, worst: 34, limit: 30 } as const;
  for (const language of catalogueLanguages) {
    for (const tells of ['raised', 'resolved'] as const) {
      const times = { raisedAt: Date.parse('2026-03-02T04:00:00Z'), resolvedAt: Date.parse('2026-03-02T04:30:00Z') };
      const { subject, text } = writeMessage({ tells, language, alert: { ...alert, ...times } }, setup);
      expect(subject).not.toMatch(/[\r\n{}]/);
      expect(`${subject}\n${text}`).toContain('34');
      expect(text.split('\n').every((line) => line.length < 300)).toBe(true);
    }
  }
});
