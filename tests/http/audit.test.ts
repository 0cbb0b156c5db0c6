import { createHash } from 'node:crypto';
import { bySystem, noteAlone } from '@antrean/server/audit/note-entry.ts';
import type { AuditPage } from '@antrean/shared/protocol/audit.ts';
import { AuditPage as AuditPageSchema } from '@antrean/shared/protocol/audit.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask } from './ask.ts';
import { signedIn } from './people.ts';

let hall: TestHall;
let address: string;
let chief: string;
beforeAll(async () => {
  hall = await startTestHall({ nodeCount: 2 });
  address = hall.nodes[0]!.address;
  chief = await signedIn(hall.sql, address, { login: 'chief', role: 'administrator', branchId: null });
});
afterAll(() => hall?.stop());

const as = (cookie: string, path: string, body?: object): Promise<Answer> =>
  ask(`${address}/v1${path}`, body ? 'POST' : 'GET', { headers: { cookie }, ...(body && { body }) });

const trail = async (cookie = chief, query = ''): Promise<AuditPage> => {
  const answer = await as(cookie, `/audit${query}`);
  expect(answer.status, answer.text).toBe(200);
  expect([...Value.Errors(AuditPageSchema, answer.body)]).toEqual([]);
  return answer.body as unknown as AuditPage;
};

const add = (login: string, more: object = {}): Promise<Answer> =>
  as(chief, '/staff', { login, displayName: login, role: 'agent', branchId: hall.branchId, ...more });

test('an account’s life is told: who did what, from where, with what before and after', async () => {
  expect((await add('sari')).status).toBe(201);
  expect((await as(chief, '/staff/sari', { role: 'floor-walker', agencyId: 'A' })).status).toBe(200);
  expect((await as(chief, '/staff/sari/reset-password', {})).status).toBe(200);
  const { entries } = await trail(chief, '?subject=sari');
  const common = { role: 'administrator', by: 'chief', address: '127.0.0.1', branchId: hall.branchId, subject: 'sari' };
  expect(entries).toMatchObject([
    { ...common, action: 'staff.password-reset', before: null, after: null },
    {
      ...common,
      action: 'staff.changed',
      agencyId: 'A',
      before: { role: 'agent', agencyId: null },
      after: { role: 'floor-walker', agencyId: 'A' },
    },
    { ...common, action: 'staff.added', agencyId: null, after: { displayName: 'sari', role: 'agent' } },
  ]);
  expect(Math.abs(entries[0]!.at - Date.now())).toBeLessThan(60_000);
  expect(JSON.stringify(entries)).not.toContain('password_hash');
});

test('signing in is told, right or wrong; what was typed as a login that is none is kept nowhere', async () => {
  await ask(`${address}/v1/sign-in`, 'POST', { body: { login: 'chief', password: 'a wrong one' } });
  await ask(`${address}/v1/sign-in`, 'POST', { body: { login: 'my secret by mistake', password: 'x' } });
  const { entries } = await trail();
  const ofDoor = entries.filter(({ action }) => action.startsWith('session.'));
  expect(ofDoor).toContainEqual(
    expect.objectContaining({ action: 'session.refused', subject: 'chief', by: null, role: 'visitor' }),
  );
  expect(ofDoor).toContainEqual(expect.objectContaining({ action: 'session.begun', subject: 'chief', by: 'chief' }));
  expect(ofDoor).toContainEqual(expect.objectContaining({ action: 'session.refused', subject: '' }));
  const everything = await hall.sql`select audit_entry::text as text from audit_entry`;
  expect(JSON.stringify(everything)).not.toContain('secret by mistake');
});

test('signing out is told, once, by who did it; whoever is not signed in leaves no entry', async () => {
  const cookie = await signedIn(hall.sql, address, { login: 'wati', role: 'agent', branchId: hall.branchId });
  const signOut = (headers?: Record<string, string>) =>
    ask(`${address}/v1/sign-out`, 'POST', { ...(headers && { headers }) });
  const answers = await Promise.all([1, 2, 3].map(() => signOut({ cookie })));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect((await signOut()).status).toBe(204);
  expect((await signOut({ cookie: `antrean-session=${'b'.repeat(43)}` })).status).toBe(204);
  const { entries } = await trail(chief, '?action=session.signed-out');
  expect(entries).toMatchObject([
    { subject: 'wati', by: 'wati', role: 'agent', address: '127.0.0.1', branchId: hall.branchId },
  ]);
  // It cannot be noted: then nobody is told that they are out while they are not.
  const other = await signedIn(hall.sql, address, { login: 'yani', role: 'agent', branchId: hall.branchId });
  await hall.sql`alter table audit_entry add constraint nothing_now check (false) not valid`;
  expect((await signOut({ cookie: other })).status).toBe(503);
  await hall.sql`alter table audit_entry drop constraint nothing_now`;
  expect((await as(other, '/me')).status).toBe(200);
  expect((await signOut({ cookie: other })).status).toBe(204);
  expect((await as(other, '/me')).status).toBe(401);
});

test('who is kept out is told, once a minute each', async () => {
  const agent = await signedIn(hall.sql, address, { login: 'tono', role: 'agent', branchId: hall.branchId });
  for (let times = 0; times < 5; times++) {
    expect((await as(agent, `/branches/${hall.branchId}/day/close`, { commandId: crypto.randomUUID() })).status).toBe(
      403,
    );
  }
  await expect
    .poll(async () => (await trail(chief, '?by=tono&action=access.refused')).entries)
    .toMatchObject([{ subject: 'day:close', role: 'agent', branchId: hall.branchId, after: { code: 'NOT_ALLOWED' } }]);
});

test('what changes nothing leaves no entry, and no change is without one', async () => {
  const count = async (): Promise<number> =>
    (await hall.sql<{ count: number }[]>`select count(*)::int as count from audit_entry`)[0]!.count;
  const before = await count();
  expect((await add('sari')).status).toBe(409);
  expect((await add('ratu', { branchId: 'nowhere' })).status).toBe(404);
  expect((await add('ratu', { agencyId: 'Z' })).status).toBe(404);
  expect((await add('ratu', { role: 'manager', agencyId: 'A' })).status).toBe(400);
  expect((await add('ratu', { role: 'agency-administrator' })).status).toBe(400);
  expect((await add('ratu', { branchId: null, agencyId: 'A' })).status).toBe(400);
  expect(await count()).toBe(before);
  // The trail cannot be written: neither is the account.
  await hall.sql`alter table audit_entry add constraint nothing_now check (false) not valid`;
  expect((await add('ratu')).status).toBe(503);
  await hall.sql`alter table audit_entry drop constraint nothing_now`;
  expect(await hall.sql`select from staff where id = 'ratu'`).toHaveLength(0);
});

test('who may read what: managers of their hall, an agency’s administrator of the agency, auditors; nobody of others', async () => {
  await add('budi', { agencyId: 'A', role: 'agency-administrator' });
  await add('cici', { branchId: null });
  const people = {
    manager: await signedIn(hall.sql, address, { login: 'mira', role: 'manager', branchId: hall.branchId }),
    auditor: await signedIn(hall.sql, address, { login: 'audi', role: 'auditor', branchId: hall.branchId }),
    agency: await signedIn(hall.sql, address, {
      login: 'boss',
      role: 'agency-administrator',
      branchId: hall.branchId,
      agencyId: 'A',
    }),
  };
  for (const cookie of [people.manager, people.auditor]) {
    const { entries } = await trail(cookie);
    expect(new Set(entries.map(({ branchId }) => branchId))).toEqual(new Set([hall.branchId]));
    expect(entries.some(({ subject }) => subject === 'budi')).toBe(true);
  }
  const { entries } = await trail(people.agency);
  expect(new Set(entries.map(({ agencyId }) => agencyId))).toEqual(new Set(['A']));
  expect(entries.length).toBeGreaterThan(1);
});

/** The chain as somebody checks it who has nothing but the file. */
const chainOf = (lines: readonly { text: string; hash: string }[]): string[] =>
  lines.toReversed().reduce<string[]>(
    (hashes, { text }) => [
      ...hashes,
      createHash('sha256')
        .update((hashes.at(-1) ?? '') + text)
        .digest('hex'),
    ],
    [],
  );

const exported = async (): Promise<{ text: string; hash: string }[]> => {
  const answer = await as(chief, '/audit.jsonl');
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  return answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; hash: string });
};

test('entries written at once at two nodes make one chain without gap, which its file proves', async () => {
  const other = hall.nodes[1]!.address;
  const at = (index: number): string => (index % 2 ? address : other);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      ask(`${at(index)}/v1/staff`, 'POST', {
        headers: { cookie: chief },
        body: { login: `many-${index}`, displayName: 'Many', role: 'agent', branchId: hall.branchId },
      }).then(({ status }) => expect(status).toBe(201)),
    ),
  );
  const note = { ...bySystem, action: 'staff.changed', branchId: null, subject: 'many' } as const;
  await Promise.all(Array.from({ length: 200 }, () => noteAlone(hall.sql, note)));
  const lines = await exported();
  const seqs = lines.map(({ text }) => (JSON.parse(text) as [number])[0]);
  expect(seqs).toEqual(Array.from({ length: lines.length }, (_, index) => lines.length - index));
  expect(lines.map(({ hash }) => hash).toReversed()).toEqual(chainOf(lines));
  expect((await trail(chief, '?action=audit.exported')).entries).toHaveLength(1);
});

test('whoever writes waits for their turn in the chain, longer than for a row that others hold', async () => {
  const held = Promise.withResolvers<void>();
  const holding = hall.sql.begin(async (sql) => {
    await noteAlone(sql as unknown as typeof hall.sql, {
      ...bySystem,
      action: 'staff.changed',
      branchId: null,
      subject: 'slow',
    });
    held.resolve();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  });
  await held.promise;
  expect((await add('patient')).status).toBe(201);
  await holding;
  const [last] = (await trail()).entries;
  expect(last).toMatchObject({ action: 'staff.added', subject: 'patient' });
});

test('the trail is read page by page, each entry once', async () => {
  const seqs: number[] = [];
  for (let before: number | null = null, pages = 0; pages < 10; pages++) {
    const { entries, olderThan }: AuditPage = await trail(chief, before === null ? '' : `?before=${before}`);
    seqs.push(...entries.map(({ seq }) => seq));
    if (olderThan === null) break;
    before = olderThan;
  }
  const [{ count } = { count: 0 }] = await hall.sql<
    { count: number }[]
  >`select count(*)::int as count from audit_entry`;
  expect(count).toBeGreaterThan(100);
  expect(seqs).toEqual(Array.from({ length: count }, (_, index) => count - index));
});

test('nobody changes or deletes an entry, and whoever does so past the lock breaks the chain', async () => {
  await expect(hall.sql`update audit_entry set subject = 'somebody else'`).rejects.toThrow(/only added to/);
  await expect(hall.sql`delete from audit_entry where seq = 3`).rejects.toThrow(/only added to/);
  await expect(hall.sql`truncate audit_entry`).rejects.toThrow(/only added to/);
  await hall.sql`insert into audit_entry (seq, at, action, role, address, subject, hash)
    values (1, '2000-01-01', 'staff.added', 'system', '', 'chosen', 'chosen')`;
  const [chosen] =
    await hall.sql`select seq::int, at > now() - interval '1 minute' as is_now, hash from audit_entry order by seq desc limit 1`;
  expect(chosen).toMatchObject({ is_now: true, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(chosen?.seq).toBeGreaterThan(100);
  await hall.sql`alter table audit_entry disable trigger audit_entry_is_kept`;
  await hall.sql`update audit_entry set after = '{"role":"agent"}' where seq = 20`;
  await hall.sql`alter table audit_entry enable trigger audit_entry_is_kept`;
  const lines = await exported();
  expect(lines.map(({ hash }) => hash).toReversed()).not.toEqual(chainOf(lines));
});
