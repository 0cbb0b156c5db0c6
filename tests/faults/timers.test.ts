import { startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { expectSound } from '../harness/expect-sound.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { testSeal } from '../harness/test-seal.ts';

const counters = 8;
const afterMs = 5_000;
/** What is promised is 5 s; a machine that is busy with something else gets twice that, and the figure is printed. */
const lateAtMostMs = 10_000;

let hall: TestHall;
let redisPid: number;
const figures: string[] = [];

interface Told {
  readonly type: string;
  readonly at: number;
}

/** Calls a visitor to each counter whom nobody will come for. @returns their tickets */
const callMany = async (): Promise<string[]> => {
  const [manager] = hall.managers;
  const [visitor] = hall.visitors;
  const ids: string[] = [];
  for (let index = 1; index <= counters; index++) {
    const issued = await visitor!.post('/tickets', { serviceId: 'S-0' });
    expect(issued.status).toBe(201);
    const called = await manager!.post(`/counters/C-${index}/call-next`);
    expect(called.status).toBe(200);
    ids.push((called.body.ticket as { id: string }).id);
  }
  return ids;
};

const storyOf = (ticketId: string): Promise<Told[]> =>
  hall.sql<Told[]>`
    select type, extract(epoch from at)::float8 * 1000 as at from ticket_event
    where branch_id = ${hall.branchId} and data->>'ticketId' = ${ticketId} and type <> 'ticket.issued' order by version`;

/** Each is called, called again, and missed: once, and in time. */
const expectMissedInTime = async (name: string, ids: readonly string[], since = 0): Promise<void> => {
  const stories = async () => Promise.all(ids.map(storyOf));
  await waitUntil(
    'all are missed',
    async () => (await stories()).every((told) => told.at(-1)?.type === 'ticket.missed'),
    {
      withinMs: 2 * (afterMs + lateAtMostMs),
    },
  );
  const late: number[] = [];
  for (const told of await stories()) {
    expect(told.map(({ type }) => type)).toEqual(['ticket.called', 'ticket.recalled', 'ticket.missed']);
    const [called, recalled, missed] = told as [Told, Told, Told];
    late.push(recalled.at - Math.max(since, called.at + afterMs), missed.at - Math.max(since, recalled.at + afterMs));
  }
  figures.push(`${name}: ${(Math.max(...late) / 1_000).toFixed(1)} s late at the most, ${late.length} timers`);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThan(lateAtMostMs);
};

describe.skipIf(process.env.ANTREAN_TEST_REDIS === 'in-process')(
  '[TIMER-2] what is due happens once and in time',
  () => {
    beforeAll(async () => {
      const unanswered = { afterSeconds: afterMs / 1_000, recalls: 1, then: 'missed' } as const;
      const rules = { ...plainHall.rules, confirmsArrival: true, unanswered };
      hall = await startTestHall({ nodeCount: 2, blueprint: { ...plainHall, rules } });
      redisPid = hall.redis.pid ?? 0;
      await openHall(hall.managers[0]!, counters);
      await hall.managers[1]!.get('');
    }, 60_000);
    afterAll(async () => {
      console.log(figures.map((figure) => `timers, ${figure}`).join('\n'));
      await hall.stop();
    });

    test('with Redis, on two nodes', { timeout: 60_000 }, async () => {
      await expectMissedInTime('with Redis', await callMany());
    });

    test('while Redis hangs', { timeout: 60_000 }, async () => {
      const ids = await callMany();
      process.kill(redisPid, 'SIGSTOP');
      try {
        await expectMissedInTime('Redis hangs', ids);
      } finally {
        process.kill(redisPid, 'SIGCONT');
      }
    });

    test('when Redis dies and comes back empty', { timeout: 90_000 }, async () => {
      const ids = await callMany();
      process.kill(redisPid, 'SIGKILL');
      await expectMissedInTime('Redis gone', ids);
      await hall.redis.stop();
      redisPid = (await hall.redis.startAgain()).pid ?? 0;
      await expectMissedInTime('Redis back and empty', await callMany());
    });

    test('at the start, when no node ran meanwhile', { timeout: 90_000 }, async () => {
      const ids = await callMany();
      await Promise.all(hall.nodes.map((node) => node.close()));
      const [last] = await hall.sql<{ at: number }[]>`
      select extract(epoch from max(at))::float8 * 1000 as at from ticket_event where branch_id = ${hall.branchId}`;
      await waitUntil('it is due', () => Date.now() > last!.at + afterMs + 500, { withinMs: 20_000 });
      const startedAt = Date.now();
      const node = await startNode({
        databaseUrl: hall.databaseUrl,
        redisUrl: hall.redis.url,
        host: '127.0.0.1',
        port: 0,
        seal: testSeal,
        log: createLog('fatal'),
        servesScreens: false,
      });
      try {
        await expectMissedInTime('no node meanwhile', ids, startedAt);
        await expectSound({ ...hall, nodes: [node] });
      } finally {
        await node.close();
      }
    });
  },
);
