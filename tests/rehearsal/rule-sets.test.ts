import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examineHall } from '@antrean/server/rehearsal/examine-hall.ts';
import { chooseDay, readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import { recordedDesk } from '@antrean/server/rehearsal/recorded-desk.ts';
import { replayDay } from '@antrean/server/rehearsal/replay.ts';
import { tableOf } from '@antrean/server/rehearsal/replayed-days.ts';
import { tallyOf } from '@antrean/server/rehearsal/report.ts';
import { findRuleSets, ruleSets } from '@antrean/server/rehearsal/rule-sets.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { smallDays, writeRecord } from './small-day.ts';

const { file, remove } = writeRecord(smallDays());
const record = await readRecordedDays(file);
const { visits } = chooseDay(file, record, 1);
const folder = mkdtempSync(join(tmpdir(), 'antrean-rules-'));
let running: TestHall;

beforeAll(async () => {
  running = await startTestHall({ blueprint: recordedDesk(record).blueprint });
});
afterAll(async () => {
  await running?.stop();
  remove();
  rmSync(folder, { recursive: true });
});

/** How often each event of a hall's ledger has each reason (calls) or type (the rest). */
const countsIn = async (branchId: string): Promise<Record<string, number>> => {
  const rows = await running.sql<{ what: string; count: number }[]>`
    select coalesce(data->'why'->>'rule', type) as what, count(*)::int as count from ticket_event
    where branch_id = ${branchId} group by 1`;
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
};

test('a day is replayed under each rule set, each in a hall of its own, and the doctor finds nothing', async () => {
  const counts: Record<string, Record<string, number>> = {};
  const rows = await Promise.all(
    ruleSets.map(async (rules) => {
      const { blueprint, hall } = recordedDesk(record, rules);
      expect(parseBlueprint(writeBlueprint(blueprint))).toMatchObject({ blueprint });
      await importBlueprint(running.sql, blueprint);
      const result = await replayDay({
        address: running.nodes[0]!.address,
        account: { login: 'manager', password: running.managerPassword },
        hall,
        visits,
        // Twenty minutes in ten seconds.
        speed: 120,
        run: 'each-rule-set',
        signal: new AbortController().signal,
      });
      expect(result.endedEarly, rules.name).toBeNull();
      expect(tallyOf(result.journal), rules.name).toMatchObject({ issued: 40, refused: 0, open: 0, unanswered: 0 });
      expect(result.check, rules.name).toMatchObject({ asked: 40, right: 40, wrong: [] });
      const place = { databaseUrl: running.databaseUrl, redisUrl: running.redis.url, branchId: hall.branchId };
      const { wrong, lines } = await examineHall(place);
      expect(lines.join('\n')).toContain('nothing is missing or wrong');
      counts[rules.name] = await countsIn(hall.branchId);
      return { rules: rules.name, day: 1, result, findings: wrong, isRight: wrong === 0 };
    }),
  );
  console.log(tableOf(rows).join('\n'));
  console.log(JSON.stringify(counts));

  expect(new Set(rows.map(({ rules }) => rules)).size).toBe(6);
  expect(counts.plain).not.toHaveProperty('head-start');
  expect(counts['head-start']).toHaveProperty('head-start');
  expect(counts.ratio).toHaveProperty('ratio');
  expect(counts['one-press']).not.toHaveProperty('ticket.started');
  expect(counts.plain?.['ticket.started']).toBe(counts.plain?.['ticket.finished']);
  const [withCall] = await running.sql<[{ count: number }]>`
    select count(*)::int as count from ticket_event finished join ticket_event called using (branch_id, command_id)
    where finished.type = 'ticket.finished' and called.type = 'ticket.called'`;
  expect(withCall.count, 'visits that the next call ended').toBeGreaterThan(3);
});

test('rules come by name, all at once, or from a file; what is none of these is refused with what to write', async () => {
  expect(await findRuleSets('all')).toBe(ruleSets);
  expect((await findRuleSets('ratio')).map(({ name }) => name)).toEqual(['ratio']);
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const rules = { rules: { callByMinutes: 7 }, priorities: [{ id: 'priority-2', headStartMinutes: 5 }] };
  const [set] = await findRuleSets(write('good.json', JSON.stringify(rules)));
  const { blueprint, hall } = recordedDesk(record, set);
  expect(hall.branchId).toMatch(/^recorded-desk-[0-9a-f]{8}-rules-[0-9a-f]{8}$/);
  expect(blueprint.rules.callByMinutes).toBe(7);
  expect(blueprint.priorities.map(({ headStartMinutes }) => headStartMinutes)).toEqual([1, 5]);

  await expect(findRuleSets('nonsense')).rejects.toThrow(/no such file; write all, head-start, plain/);
  await expect(findRuleSets(write('broken.json', '{'))).rejects.toThrow('it is no JSON');
  const [wrong] = await findRuleSets(write('wrong.json', '{"rules":{"callByMinutes":0,"speed":1}}'));
  expect(() => recordedDesk(record, wrong)).toThrow(/rules.callByMinutes: number 0 must be whole minutes/);
  expect(() => recordedDesk(record, wrong)).toThrow(/rules.speed: "speed" is not known here/);
  const [stray] = await findRuleSets(write('stray.json', '{"ratio":{"normal":1,"priority":1}}'));
  expect(() => recordedDesk(record, stray)).toThrow('`rules`, `priorities` or both');
});
