import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { PreviewView } from '@antrean/shared/protocol/set-up-change.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { type Answer, ask, expectProblem } from './ask.ts';
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
const inHall = (path: string, body?: object): Promise<Answer> => as(chief, `/branches/plain${path}`, body);

const now = async (): Promise<{ revision: number; blueprint: Blueprint }> => {
  const answer = await inHall('/blueprint');
  expect(answer.status, answer.text).toBe(200);
  return answer.body as { revision: number; blueprint: Blueprint };
};
const preview = async (body: object): Promise<PreviewView> => {
  const answer = await inHall('/blueprint/preview', body);
  expect(answer.status, answer.text).toBe(200);
  expect([...Value.Errors(PreviewView, answer.body)]).toEqual([]);
  return answer.body as unknown as PreviewView;
};
const [first, second, ...others] = plainHall.services;
const renamed: Blueprint = {
  ...plainHall,
  hours: { week: { monday: { opens: '08:00', closes: '14:00' } } },
  services: [{ ...first!, name: { en: 'Another name' } }, second!, ...others.slice(1)],
  counters: [...plainHall.counters, { id: 'C-99', number: 99, serves: { agencies: ['A'] } }],
};

test('a preview names each thing that would be another, and changes nothing', async () => {
  expect(await now()).toEqual({ revision: 1, blueprint: plainHall });
  expect(await preview({ blueprint: plainHall })).toMatchObject({ revision: 1, faults: [], changes: [], stranded: [] });
  const { changes, faults, blueprint } = await preview({ blueprint: renamed });
  expect(faults).toEqual([]);
  expect(blueprint).toEqual(renamed);
  const told = changes.map(({ kind, part, id }) => `${kind} ${part} ${id}`);
  expect(told).toEqual(['changed hours plain', 'changed services S-0', 'retired services S-2', 'added counters C-99']);
  expect(changes[1]).toMatchObject({ before: first!, after: { ...first!, name: { en: 'Another name' } } });
  // The text of a file does the same, of whatever hall it was.
  const text = writeBlueprint({ ...renamed, branch: 'elsewhere' });
  expect(await preview({ text })).toMatchObject({ changes, blueprint: renamed });
  expect(await now()).toEqual({ revision: 1, blueprint: plainHall });
});

test('what is wrong is said with its place, in data and in text', async () => {
  const wrong = { ...plainHall, counters: [{ id: 'C-1', number: 1, serves: { agencies: ['Z'] } }], zone: 'Mars/Base' };
  const { faults, changes, blueprint } = await preview({ blueprint: wrong });
  expect([changes, blueprint]).toEqual([[], null]);
  expect(faults.map(({ path }) => path.join('.'))).toEqual(
    expect.arrayContaining(['zone', 'counters.0.serves.agencies.0']),
  );
  const text = writeBlueprint(plainHall).replace(`zone: ${plainHall.zone}`, 'zone: Mars/Base');
  const [fault] = (await preview({ text })).faults;
  expect(fault).toMatchObject({ path: ['zone'], message: expect.stringContaining('Mars/Base') });
  expect(text.split('\n')[fault!.line! - 1]).toContain('Mars/Base');
  expect((await preview({ text: ': [' })).faults).not.toEqual([]);
  expectProblem(await inHall('/blueprint', { blueprint: wrong, baseRevision: 1 }), 400, 'INVALID');
  expectProblem(
    await inHall('/blueprint', { blueprint: { ...plainHall, branch: 'other' }, baseRevision: 1 }),
    400,
    'INVALID',
  );
});

test('what is applied holds on every node, is noted, and what it replaced can be brought back', async () => {
  const answer = await inHall('/blueprint', { blueprint: renamed, baseRevision: 1 });
  expect(answer.body).toMatchObject({
    changed: true,
    revision: 2,
    services: { changed: 1, retired: 1 },
    counters: { added: 1 },
  });
  expect(await now()).toEqual({ revision: 2, blueprint: renamed });
  for (const { address: node } of hall.nodes) {
    const nameOf = async (): Promise<unknown> => {
      const { body } = await ask(`${node}/v1/branches/plain`, 'GET');
      return (body?.services as { name: unknown }[])[0]?.name;
    };
    await expect.poll(nameOf, { timeout: 5_000 }).toEqual({ en: 'Another name' });
  }
  const { entries } = (await as(chief, '/audit?action=setup.imported')).body as { entries: object[] };
  expect(entries).toHaveLength(2);
  expect(entries[0]).toMatchObject({
    by: 'chief',
    role: 'administrator',
    branchId: 'plain',
    subject: 'plain',
    after: { revision: 2, counts: { services: { changed: 1, retired: 1 }, counters: { added: 1 } } },
  });

  // The same once more, as after an answer that was lost: it is that already, and nothing is noted.
  const again = await inHall('/blueprint', { blueprint: renamed, baseRevision: 1 });
  expect(again.body).toMatchObject({ changed: false, revision: 2 });
  // Something else that was made from what no longer holds is refused, and nothing of it done.
  const late = await inHall('/blueprint', { blueprint: { ...plainHall, name: { en: 'Late' } }, baseRevision: 1 });
  expectProblem(late, 409, 'SETUP_CHANGED');
  expect(late.body?.details).toEqual({ revision: 2 });
  expect(await now()).toEqual({ revision: 2, blueprint: renamed });

  const list = await inHall('/revisions');
  expect(list.body).toMatchObject([{ revision: 1, replacedBy: 'chief', replacedAt: expect.any(Number) }]);
  const { body: earlier } = await inHall('/revisions/1');
  expect(earlier).toEqual({ revision: 1, blueprint: plainHall });
  expectProblem(await inHall('/revisions/7'), 404, 'REVISION_UNKNOWN');
  const back = await inHall('/blueprint', { blueprint: earlier?.blueprint, baseRevision: 2 });
  expect(back.body).toMatchObject({ changed: true, revision: 3 });
  expect(await now()).toEqual({ revision: 3, blueprint: plainHall });
});

test('of two that apply at once one is told that the set-up has changed', async () => {
  const { revision } = await now();
  const apply = (name: string) =>
    inHall('/blueprint', { blueprint: { ...plainHall, name: { en: name } }, baseRevision: revision });
  const answers = await Promise.all(['One', 'Two', 'Three', 'Four'].map(apply));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  expect((await now()).revision).toBe(revision + 1);
});

test('[SETUP-2] nobody who waits is left without a counter, and the preview names them', async () => {
  const [manager, visitor] = [hall.managers[0]!, hall.visitors[0]!];
  await manager.post('/day/open');
  const ticket = (await visitor.post('/tickets', { serviceId: 'S-2' })).body.ticket as { number: string };
  const { revision, blueprint } = await now();
  const without = { ...blueprint, services: blueprint.services.filter(({ id }) => id !== 'S-2') };
  expect((await preview({ blueprint: without })).stranded).toEqual([expect.stringContaining(ticket.number)]);
  const refused = await inHall('/blueprint', { blueprint: without, baseRevision: revision });
  expectProblem(refused, 409, 'SETUP_STRANDS');
  expect((await now()).revision).toBe(revision);
});

test('a file that was exported makes the next hall, which works at once', async () => {
  const file = await inHall('/blueprint.yaml');
  expect(file.headers.get('content-disposition')).toMatch(/filename="plain-\d+\.yaml"/);
  const { blueprint } = parseBlueprint(file.text);
  const next = { ...blueprint!, branch: 'next' };
  const made = await as(chief, '/branches', { blueprint: next });
  expect(made.body).toMatchObject({ changed: true, revision: 1 });
  const opened = await as(chief, '/branches/next/day/open', { commandId: crypto.randomUUID() });
  expect(opened.status, opened.text).toBe(200);
  expectProblem(await as(chief, '/branches', { blueprint: { ...next, name: { en: 'x' } } }), 409, 'HALL_EXISTS');
  const local = await signedIn(hall.sql, address, { login: 'local', role: 'administrator', branchId: 'plain' });
  expectProblem(await as(local, '/branches', { blueprint: { ...next, branch: 'third' } }), 403, 'NOT_ALLOWED');
});

test('only these routes take as much as a hall needs, and only from whoever may change it', async () => {
  const large = { text: `# ${'x'.repeat(400_000)}\n${writeBlueprint(plainHall)}` };
  expect((await inHall('/blueprint/preview', large)).status).toBe(200);
  expectProblem(await inHall('/blueprint/preview', { text: 'x'.repeat(1_200_000) }), 413, 'TOO_LARGE');
  expectProblem(await as(chief, '/staff', { login: 'x'.repeat(20_000) }), 413, 'TOO_LARGE');
  const visitor = await ask(`${address}/v1/branches/plain/blueprint/preview`, 'POST', { body: large });
  expectProblem(visitor, 401, 'SIGN_IN_NEEDED');
});

test('[SETUP-1] a screen that asks at once is told a set-up under its own revision, on every node', async () => {
  for (let round = 1; round <= 10; round++) {
    const { revision, blueprint } = await now();
    const nameOf = (of: number): string => `Hall of revision ${of}`;
    const next = { ...blueprint, name: { en: nameOf(revision + 1) } };
    const applied = await inHall('/blueprint', { blueprint: next, baseRevision: revision });
    expect(applied.status, applied.text).toBe(200);
    for (const { address: node } of hall.nodes) {
      const told = await ask(`${node}/v1/branches/plain`, 'GET');
      const shown = told.body as { revision: number; name: { en: string } };
      if (shown.revision > revision || round > 1) expect(shown.name.en).toBe(nameOf(shown.revision));
    }
    expect((await ask(`${address}/v1/branches/plain`, 'GET')).body).toMatchObject({ revision: revision + 1 });
  }
});
