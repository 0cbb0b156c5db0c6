import { examine } from '@antrean/server/doctor/examine.ts';
import { connectRedis } from '@antrean/server/live/connect-redis.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { checkLog, heardBy } from '../faults/check-log.ts';
import { CommandLog } from '../faults/command-log.ts';
import { plainBranch, plainHall, serviceCount } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';

const counters = 12;
const kiosks = 8;
/** Longer than the doctor waits for anything, with a part of a second between its looks. */
const busyMs = 20_000;

let hall: TestHall;
beforeAll(async () => {
  const blueprint = { ...plainHall, rules: { ...plainHall.rules, callByMinutes: 1 } };
  hall = await startTestHall({ nodeCount: 2, blueprint });
  await openHall(hall.managers[0]!, counters);
});
afterAll(() => hall.stop());

/** Everybody asks again as soon as they are answered, half of them at each node. */
const startFullRate = (logs: readonly CommandLog[]): (() => Promise<void>) => {
  let isStopped = false;
  const sender = async (index: number, send: (log: CommandLog, turn: number) => Promise<unknown>): Promise<void> => {
    for (let turn = 0; !isStopped; turn += 1) await send(logs[index % 2]!, turn);
  };
  const all = Promise.all([
    ...Array.from({ length: kiosks }, (_, kiosk) =>
      sender(kiosk, async (log, turn) => {
        const serviceId = `S-${(kiosk + turn * 3) % serviceCount}`;
        const issued = await log.send('/tickets', { serviceId, ...(turn % 5 === 0 && { priority: 'elderly' }) });
        const { id } = (issued.answer?.ticket ?? {}) as { id?: string };
        if (id && turn % 4 === 1) await log.send(`/tickets/${id}/cancel`);
      }),
    ),
    ...Array.from({ length: counters }, (_, index) =>
      sender(index, (log, turn) => {
        const act = ['call-next', 'recall', 'call-next', 'miss', 'call-next', 'finish'][turn % 6];
        return log.send(`/counters/C-${index + 1}/${act}`);
      }),
    ),
  ]);
  return async () => void ((isStopped = true), await all);
};

test('a hall at full rate is examined again and again without one false finding, and nothing is left out', async () => {
  const redis = connectRedis(hall.redis.url, () => {});
  const addresses = hall.nodes.map(({ address }) => address);
  const logs = hall.managers.map(
    ({ address, headers }) => new CommandLog({ address: () => address, branchId: plainBranch, headers }),
  );
  const done = () => logs.reduce((sum, log) => sum + log.count('done'), 0);
  const stop = startFullRate(logs);
  const startedAt = performance.now();
  const versions: number[] = [];
  try {
    while (performance.now() - startedAt < busyMs) {
      const before = done();
      const [examination] = await examine({ sql: hall.sql, redis, addresses });
      expect(done(), 'the hall was busy meanwhile').toBeGreaterThan(before + 50);
      expect(examination!.findings).toEqual([]);
      expect(examination!.notChecked).toEqual([]);
      expect(examination!.checks).toHaveLength(8);
      versions.push(examination!.version);
    }
  } finally {
    await stop();
    redis.disconnect();
  }
  expect(await checkLog(hall.sql, plainBranch, logs)).toEqual([]);
  await expectSound(hall, { heard: heardBy(logs) });
  expect(versions.length).toBeGreaterThan(2);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  const perSecond = Math.round((done() / (performance.now() - startedAt)) * 1_000);
  console.log(
    `doctor: ${versions.length} examinations of a hall with ${perSecond} commands a second, ` +
      `up to version ${versions.at(-1)}: no finding`,
  );
}, 120_000);
