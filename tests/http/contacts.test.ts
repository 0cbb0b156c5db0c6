import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { examineBranch } from '@antrean/server/doctor/examine.ts';
import { eraseDue } from '@antrean/server/visitors/erase-due.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { Redis } from 'ioredis';
import type { FastifyBaseLogger } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, openHall } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { ask, expectProblem } from './ask.ts';
import { signedIn } from './people.ts';

/** In no other test, and in no number that there is. */
const phone = '+62 811-9753-1864';
const digits = '6281197531864';

let hall: TestHall;
let manager: Api;
let logged = '';

beforeAll(async () => {
  // Stricter than the log of a server: everything it is told, of every level, before anything is masked.
  const keep = (...parts: unknown[]): void => void (logged += `${inspect(parts, { depth: 9 })}\n`);
  const log: FastifyBaseLogger = {
    level: 'trace',
    ...{ fatal: keep, error: keep, warn: keep, info: keep, debug: keep, trace: keep, silent: keep },
    child: () => log,
  };
  hall = await startTestHall({
    log,
    blueprint: { ...plainHall, rules: { ...plainHall.rules, contactHours: 24 } },
  });
  manager = hall.managers[0]!;
  await openHall(manager, 1);
});
afterAll(() => hall?.stop());

const visit = async (): Promise<string> =>
  String((await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' })).body.link);
const at = (link: string, path = ''): string => `${manager.address}/v1/visits/${link}/contact${path}`;
const give = (link: string, body: object = { phone, consent: true }) => ask(at(link), 'POST', { body });
const manage = (act: 'export' | 'erase') =>
  ask(`${manager.address}/v1/branches/${hall.branchId}/contacts/${act}`, 'POST', {
    headers: manager.headers,
    body: { phone: `+${digits}`, reason: 'asked at the desk' },
  });

/** Every value of every column of every table, as text. */
const databaseText = async (): Promise<string> => {
  const tables = await hall.sql<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'drizzle') and table_type = 'BASE TABLE'`;
  expect(tables.length).toBeGreaterThan(15);
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await hall.sql<
      { line: string }[]
    >`select t::text as line from ${hall.sql(schema)}.${hall.sql(name)} t`;
    texts.push(...rows.map(({ line }) => line));
  }
  return texts.join('\n');
};

/** Every key of Redis with its value, whatever its type is: `DUMP` has small ones as they are. */
const redisText = async (): Promise<string> => {
  const redis = new Redis(hall.redis.ownerUrl);
  try {
    const keys = await redis.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    const values = await Promise.all(
      keys.map(async (key) => {
        switch (await redis.type(key)) {
          case 'string':
            return redis.get(key);
          case 'hash':
            return JSON.stringify(await redis.hgetall(key));
          case 'list':
            return JSON.stringify(await redis.lrange(key, 0, -1));
          case 'set':
            return JSON.stringify(await redis.smembers(key));
          case 'zset':
            return JSON.stringify(await redis.zrange(key, '0', '-1'));
          case 'stream':
            return JSON.stringify(await redis.xrange(key, '-', '+'));
          default:
            return '';
        }
      }),
    );
    return [...keys, ...values].join('\n');
  } finally {
    redis.disconnect();
  }
};

const expectNowhere = async (): Promise<void> => {
  for (const [where, text] of [
    ['the database', await databaseText()],
    ['Redis', await redisText()],
    ['the log', logged],
  ] as const) {
    for (const written of [phone, digits, digits.slice(2)])
      expect(text.includes(written), `${written} in ${where}`).toBe(false);
  }
};

const sealedRows = async (): Promise<{ phone: string; code: string }[]> =>
  hall.sql<{ phone: string; code: string }[]>`select phone, phone_code as code from visitor_contact`;

test('[PERSON-1] [PERSON-2] a phone number is in clear nowhere at any time, and after its erasure not even sealed', async () => {
  const link = await visit();
  expect((await give(link)).status).toBe(204);
  const sealed = await sealedRows();
  expect(sealed).toHaveLength(1);
  await expectNowhere();
  // A wrong one, and one without consent, are refused without being repeated.
  for (const body of [
    { phone: digits, consent: true },
    { phone: `+1${digits}333`, consent: true },
    { phone, consent: false },
    { phone },
  ]) {
    const refused = await give(link, body);
    expectProblem(refused, 400, 'INVALID');
    expect(refused.text).not.toContain(digits);
  }
  expect((await ask(at(link), 'GET')).body).toMatchObject({ contacts: [{ phone: `+${digits}`, language: 'en' }] });
  await manager.post('/counters/C-1/call-next');
  await expectNowhere();
  await manager.post('/counters/C-1/finish');
  expect((await manage('export')).body).toMatchObject({ contacts: [{ phone: `+${digits}` }] });
  expect((await manage('erase')).body).toEqual({ erased: 1 });
  expect((await manage('erase')).body).toEqual({ erased: 0 });
  await expectNowhere();
  const after = await databaseText();
  for (const { phone: text, code } of sealed) {
    expect(after).not.toContain(text);
    expect(after).not.toContain(code);
  }
  const notes = await hall.sql<{ action: string; role: string }[]>`
    select action, role from audit_entry where action like 'person.%' order by seq`;
  expect(notes.map(({ action, role }) => `${action} ${role}`)).toEqual([
    'person.exported visitor',
    'person.exported manager',
    'person.erased manager',
  ]);
});

test('[PERSON-2] a visitor has the own data deleted by the link, and nobody finds it without the right', async () => {
  const link = await visit();
  await give(link);
  const agent = await signedIn(hall.sql, manager.address, { login: 'ani', role: 'agent', branchId: hall.branchId });
  for (const act of ['export', 'erase']) {
    const path = `${manager.address}/v1/branches/${hall.branchId}/contacts/${act}`;
    expectProblem(
      await ask(path, 'POST', { headers: { cookie: agent }, body: { phone, reason: 'x' } }),
      403,
      'NOT_ALLOWED',
    );
    expectProblem(await ask(path, 'POST', { body: { phone, reason: 'x' } }), 401, 'SIGN_IN_NEEDED');
  }
  expect((await ask(at(await visit()), 'GET')).body).toEqual({ contacts: [] });
  expect((await ask(at(link, '/erase'), 'POST')).body).toEqual({ erased: 1 });
  expect(await sealedRows()).toEqual([]);
});

test('[PERSON-2] whoever answers for data finds it by phone or ticket, with a reason that the trail keeps', async () => {
  const { body } = await hall.visitors[0]!.post('/tickets', { serviceId: 'S-0' });
  const { id: ticketId, number } = body.ticket as { id: string; number: string };
  await give(String(body.link));
  const other = await visit();
  await give(other);
  const path = `${manager.address}/v1/branches/${hall.branchId}/contacts`;
  const post = (act: string, sent: object) => ask(`${path}/${act}`, 'POST', { headers: manager.headers, body: sent });
  const counted = await ask(path, 'GET', { headers: manager.headers });
  expect(counted.body).toMatchObject({ kept: 2, contactHours: 24 });
  expect(Number(counted.body?.firstErasedAt)).toBeGreaterThan(Date.now() + 24 * 3_600_000);
  expect(counted.text).not.toContain(digits);
  expectProblem(await ask(path, 'GET'), 401, 'SIGN_IN_NEEDED');

  const reason = 'asked at the desk';
  const [row] = await hall.sql<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from audit_entry`;
  expect((await post('export', { number: number.toLowerCase(), reason })).body).toMatchObject({
    contacts: [{ ticketId, number, phone: `+${digits}` }],
  });
  expect((await post('export', { phone, reason })).body?.contacts).toHaveLength(2);
  for (const nobody of [{ number: 'Z999' }, { phone: '+62 811 0000 0000' }]) {
    expect((await post('export', { ...nobody, reason })).body).toEqual({ contacts: [] });
  }
  // Neither, both, without a reason, and with one that the trail could never be rid of.
  for (const act of ['export', 'erase']) {
    for (const wrong of [
      { reason },
      { phone },
      { phone, number, ticketId, reason },
      { phone, reason: '' },
      { phone, reason: ' \n' },
    ]) {
      expectProblem(await post(act, wrong), 400, 'INVALID');
    }
    expectProblem(await post(act, { phone, reason: `call ${phone}` }), 400, 'REASON_HAS_NUMBER');
  }
  for (const none of ['none', `urn:uuid:${ticketId}`]) {
    expectProblem(await post('erase', { ticketId: none, reason }), 400, 'INVALID');
  }
  expectProblem(await post('export', { number: 'A\u0000', reason }), 400, 'INVALID');
  expect((await post('erase', { ticketId, reason })).body).toEqual({ erased: 1 });
  expect((await post('erase', { ticketId, reason })).body).toEqual({ erased: 0 });
  expect((await ask(path, 'GET', { headers: manager.headers })).body).toMatchObject({ kept: 1 });
  const notes = await hall.sql<{ line: string }[]>`
    select action || ' ' || case subject when ${ticketId} then 'ticket' else subject end || ' ' || after::text as line
    from audit_entry where seq > ${row!.seq} and action like 'person.%' order by seq`;
  expect(notes.map(({ line }) => line.replaceAll(/\s*([:,{}])\s*/g, '$1'))).toEqual([
    `person.exported by-number{"reason":"${reason}","found":1}`,
    `person.exported by-phone{"reason":"${reason}","found":2}`,
    `person.exported by-number{"reason":"${reason}","found":0}`,
    `person.exported by-phone{"reason":"${reason}","found":0}`,
    `person.erased ticket{"reason":"${reason}"}`,
  ]);
  await post('erase', { phone, reason });
  expect(await sealedRows()).toEqual([]);
});

test('[PERSON-1] what is kept ends by itself after its time, and the doctor says when it did not', async () => {
  const link = await visit();
  await give(link);
  const [kept] = await hall.sql<{ hours: number }[]>`
    select extract(epoch from erase_after - now()) / 3600 as hours from visitor_contact`;
  expect(Number(kept?.hours)).toBeGreaterThan(24);
  expect(Number(kept?.hours)).toBeLessThanOrEqual(48);
  const examined = async () => (await examineBranch({ sql: hall.sql as never }, hall.branchId as BranchId)).findings;
  await eraseDue(hall.sql as never);
  expect(await sealedRows()).toHaveLength(1);
  await hall.sql`update visitor_contact set erase_after = now() - interval '10 minutes'`;
  expect(await examined()).toMatchObject([{ invariant: 'I14' }]);
  await eraseDue(hall.sql as never);
  expect(await sealedRows()).toEqual([]);
  expect(await examined()).toEqual([]);
});

test('[PERSON-1] a hall that does not ask for it takes no number, and a ticket that has ended none', async () => {
  const link = await visit();
  await ask(`${manager.address}/v1/visits/${link}/cancel`, 'POST', { body: { commandId: randomUUID() } });
  expectProblem(await give(link), 409, 'ACTION_NOT_ALLOWED');
  const plain = await startTestHall();
  try {
    await openHall(plain.managers[0]!, 0);
    const { body } = await plain.visitors[0]!.post('/tickets', { serviceId: 'S-0' });
    const path = `${plain.managers[0]!.address}/v1/visits/${String(body.link)}/contact`;
    expectProblem(await ask(path, 'POST', { body: { phone, consent: true } }), 409, 'CONTACT_NOT_KEPT');
    expect(await plain.sql`select from visitor_contact`).toHaveLength(0);
  } finally {
    await plain.stop();
  }
});
