import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { ReportView } from '@antrean/shared/protocol/report.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeLedger } from '../harness/made-ledger.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { plantLedger } from '../harness/plant-ledger.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { ask } from './ask.ts';

const branch = 'made';
const date = '2026-03-02';
const targetMinutes = 7;
const blueprint: Blueprint = {
  ...plainHall,
  branch,
  zone: 'Asia/Jakarta',
  rules: {
    ...plainHall.rules,
    waitTargetMinutes: targetMinutes,
    alertShareWithinTarget: 100,
    alertWaitMinutes: 60,
    alertServingMinutes: 60,
  },
};

let hall: TestHall;
beforeAll(async () => {
  hall = await startTestHall({ blueprint: { ...plainHall, branch: 'other' } });
  const events = madeLedger({ blueprint, seed: 3, dates: [date], ticketsADay: 200, counters: 2, isLastOpen: true });
  await plantLedger(hall.sql, branch, events);
  await importBlueprint(hall.sql, blueprint);
});
afterAll(() => hall?.stop());

test('[ALERT-1] [ALERT-3] the share is that of the day’s report by the hall’s own target, and waits and visits are told of their subjects', async () => {
  const { address } = hall.nodes[0]!;
  const { headers } = hall.managers[0]!;
  // A hall is loaded when somebody asks for it.
  const report = await ask(`${address}/v1/branches/${branch}/report?from=${date}&to=${date}`, 'GET', { headers });
  expect(report.status, report.text).toBe(200);
  const { all, targetMinutes: usedTarget } = report.body as unknown as ReportView;
  expect(usedTarget).toBe(targetMinutes);
  const { count, of } = all.withinTarget;
  expect(of).toBeGreaterThan(20);
  expect(count).toBeLessThan(of);
  const rows = () => hall.sql<{ kind: string; subject: string; worst: number; bound: number; day: string }[]>`
    select kind, subject, worst, bound, business_day::text as day from alert where branch_id = ${branch}`;
  await waitUntil('the share is told', async () => (await rows()).some(({ kind }) => kind === 'share-within-target'), {
    withinMs: 30_000,
  });
  const alerts = await rows();
  expect(alerts.find(({ kind }) => kind === 'share-within-target')).toEqual({
    kind: 'share-within-target',
    subject: '',
    worst: Math.floor((100 * count) / of),
    bound: 100,
    day: date,
  });
  // Of a day long ago whoever waits has waited for long.
  const [lines] = await hall.sql`
    select count(distinct service_id)::int as count from visit_leg where branch_id = ${branch} and ending is null and wait_ms is null`;
  expect(alerts.filter(({ kind }) => kind === 'longest-wait')).toHaveLength(lines?.count as number);
  expect(lines?.count).toBeGreaterThan(0);
  expect(alerts.every(({ worst, bound, kind }) => kind === 'share-within-target' || worst >= bound)).toBe(true);
});
