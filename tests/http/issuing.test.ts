import { randomUUID } from 'node:crypto';
import { readHolderCode } from '@antrean/server/access/holder-code.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from '../harness/api.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

/** A hall that is closed to visitors at every hour: the manager issues. */
const more: Readonly<Record<string, Partial<Blueprint['services'][number]>>> = {
  'S-1': { quota: 2 },
  'S-2': { numbers: { from: 7, to: 9, step: 2 } },
  'S-3': { onePerHolder: true },
  'S-4': { quota: 7 },
};
const blueprint: Blueprint = {
  ...plainHall,
  rules: { ...plainHall.rules, issuesOnlyInHours: true },
  services: plainHall.services.map((service) => ({ ...service, ...more[service.id] })),
};

let hall: TestHall;
let manager: Api;
beforeAll(async () => {
  hall = await startTestHall({ blueprint });
  manager = hall.managers[0]!;
  expect((await manager.post('/day/open')).status).toBe(200);
});
afterAll(() => hall?.stop());

const versionOf = async (): Promise<number> => Number((await hall.sql`select version from branch_head`)[0]?.version);

/** A refusal: its code, its sentence in each language, and that nothing came of it. */
const expectRefused = async (api: (language: string) => Api, body: object, code: string): Promise<void> => {
  const before = await versionOf();
  const sentences = new Set<string>();
  for (const language of ['en', 'id', 'az', 'ru']) {
    const answer = await api(language).post('/tickets', body);
    expect(answer).toMatchObject({ status: 409, body: { code, message: expect.stringMatching(/^[^{}]{20,}$/) } });
    sentences.add(String(answer.body.message));
  }
  expect(sentences.size).toBe(4);
  expect(await versionOf()).toBe(before);
};
const asVisitor = (language: string): Api =>
  apiOf(hall.nodes[0]!.address, hall.branchId, { 'accept-language': language });
const asOffice = (language: string): Api =>
  apiOf(manager.address, hall.branchId, { ...manager.headers, 'accept-language': language });
const issue = async (body: object): Promise<{ id: string; number: string }> => {
  const answer = await manager.post('/tickets', body);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body.ticket as { id: string; number: string };
};

test('[HOURS-1] [REFUSE-1] a visitor outside the hours is refused in words; [HOURS-3] a manager is not', async () => {
  await expectRefused(asVisitor, { serviceId: 'S-0' }, 'SERVICE_CLOSED_NOW');
  await issue({ serviceId: 'S-0' });
});

test('[ISSUE-4] [REFUSE-1] a full service is refused in words, and has room when a visitor gives a number back', async () => {
  await issue({ serviceId: 'S-1' });
  const { id } = await issue({ serviceId: 'S-1' });
  await expectRefused(asOffice, { serviceId: 'S-1' }, 'SERVICE_FULL');
  expect((await manager.post(`/tickets/${id}/cancel`)).status).toBe(200);
  await issue({ serviceId: 'S-1' });
  await expectRefused(asOffice, { serviceId: 'S-1' }, 'SERVICE_FULL');
});

test('[ISSUE-4] of fifty visitors at once as many get a number as the quota has', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => manager.post('/tickets', { serviceId: 'S-4' })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
  expect(answers.filter(({ body }) => body.code === 'SERVICE_FULL')).toHaveLength(43);
});

test('[NUM-4] [REFUSE-1] a range gives its numbers and is then used up', async () => {
  expect((await issue({ serviceId: 'S-2' })).number).toBe('C007');
  expect((await issue({ serviceId: 'S-2' })).number).toBe('C009');
  await expectRefused(asOffice, { serviceId: 'S-2' }, 'NUMBERS_USED_UP');
});

test("[ISSUE-5] [REFUSE-1] one ticket a document, however it is written; its number is nowhere in the hall's records", async () => {
  const document = 'AZE 12.345/678-ж';
  await expectRefused(asOffice, { serviceId: 'S-3' }, 'HOLDER_NEEDED');
  const commandId = randomUUID();
  const { id, number } = await issue({ serviceId: 'S-3', holderId: document, commandId });
  for (const holderId of [document, 'aze12345678ж', 'Aze 12345 678 Ж']) {
    await expectRefused(asOffice, { serviceId: 'S-3', holderId }, 'HOLDER_HAS_TICKET');
    // Not with the number: whoever types a document in need not be its owner.
    const { body } = await manager.post('/tickets', { serviceId: 'S-3', holderId });
    expect(JSON.stringify(body)).not.toContain(number);
  }
  expect((await manager.post('/tickets', { serviceId: 'S-3', holderId: document, commandId })).status).toBe(201);
  await issue({ serviceId: 'S-3', holderId: 'AZE 12.345/679' });

  const rows = await hall.sql<{ data: { holder?: string } }[]>`
    select data from ticket_event where type = 'ticket.issued' and data ->> 'serviceId' = 'S-3' order by version`;
  expect(rows.map(({ data }) => data.holder)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.any(String)]);
  const [all] = await hall.sql<{ text: string }[]>`select string_agg(data::text, ' ') as text from ticket_event`;
  expect(all!.text).not.toMatch(/12.?345|aze/i);
  const shown = JSON.stringify((await manager.get(`/tickets/${id}`)).body);
  expect(shown).toContain(number);
  expect(shown).not.toContain(rows[0]!.data.holder);

  await manager.post(`/tickets/${id}/cancel`);
  await issue({ serviceId: 'S-3', holderId: document });
});

test('[ISSUE-5] every node of an installation makes the same code; another branch or installation another', async () => {
  const [one, other] = await Promise.all([readHolderCode(hall.sql), readHolderCode(hall.sql)]);
  const [here, there] = ['here', 'there'] as BranchId[];
  expect(one(here!, 'A 1-2')).toBe(other(here!, 'a12'));
  expect(one(here!, 'A 1-2')).not.toBe(one(there!, 'A 1-2'));
  const [before] = await hall.sql`select key from installation_key`;
  await hall.sql`delete from installation_key`;
  const anew = await readHolderCode(hall.sql);
  expect(anew(here!, 'a12')).not.toBe(one(here!, 'a12'));
  await hall.sql`update installation_key set key = ${before!.key}`;
});

test.each(['', 'A1', '---', 'A  1', '-A12', 'x'.repeat(65), 'A1\u202e2', 7, null])(
  '[ISSUE-5] %j is no number of a document',
  async (holderId) => {
    const answer = await manager.post('/tickets', { serviceId: 'S-3', holderId });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID' } });
  },
);

test('[ISSUE-4] [ISSUE-5] whoever asks for a ticket can know the quota, and whether a document is asked for', async () => {
  const { body } = await hall.visitors[0]!.get('');
  const services = body.services as { id: string }[];
  const shown = (id: string) => services.find((service) => service.id === id);
  expect(shown('S-1')).toMatchObject({ quota: 2 });
  expect(shown('S-3')).toMatchObject({ onePerHolder: true });
  expect(shown('S-0')).not.toHaveProperty('quota');
  expect(shown('S-0')).not.toHaveProperty('onePerHolder');
});
