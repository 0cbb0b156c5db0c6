import { randomUUID } from 'node:crypto';
import { checkLive } from '@antrean/server/doctor/check-live.ts';
import { connectRedis } from '@antrean/server/live/connect-redis.ts';
import { holds } from '@antrean/server/live/holds.ts';
import { keysOf } from '@antrean/server/live/keys.ts';
import type { Command } from '@antrean/shared/domain/commands.ts';
import { waitingFor } from '@antrean/shared/domain/hall.ts';
import type { BranchId, CommandId, ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHall } from '../harness/api.ts';
import { foldedHall } from '../harness/folded-hall.ts';
import { plainBranch } from '../harness/plain-hall.ts';
import { startTestHall, type TestHall } from '../harness/test-hall.ts';
import { waitUntil } from '../harness/wait-until.ts';

const branchId = plainBranch as BranchId;
const names = keysOf(branchId);
const busy = 'S-1' as ServiceId;
const busyLine = names.line(busy);
const longLine = 'S-2' as ServiceId;

let hall: TestHall;
let redis: Redis;
beforeAll(async () => {
  hall = await startTestHall();
  redis = connectRedis(hall.redis.url, () => {});
  await openHall(hall.managers[0]!, 2);
  // At once, so that many come in one instant; of both classes, which Redis keeps in one line; one line is very long.
  await Promise.all(Array.from({ length: 40 }, (_, index) => issue('S-1', index % 3 === 0)));
  await Promise.all(Array.from({ length: 600 }, () => issue(longLine, false)));
  for (const counter of ['C-1', 'C-2']) await hall.managers[0]!.post(`/counters/${counter}/call-next`);
  await waitUntil('Redis holds the hall', isRight);
}, 120_000);
afterAll(async () => {
  redis.disconnect();
  await hall.stop();
});

const issue = (serviceId: string, isElderly: boolean) =>
  hall.nodes[0]!.halls.run(branchId, {
    type: 'issue-ticket',
    serviceId: serviceId as ServiceId,
    priority: isElderly ? 'elderly' : null,
    channel: 'kiosk',
    language: null,
    commandId: randomUUID() as CommandId,
    actor: { kind: 'kiosk' },
  } as Command);
const isRight = async (): Promise<boolean> => {
  const { hall: folded, epoch } = await foldedHall(hall.sql, branchId);
  const services = new Set([busy, longLine]);
  return (await checkLive(redis, hall.sql, { hall: folded, epoch, services })).length === 0;
};
const isHeld = async () => {
  const { hall: folded, epoch } = await foldedHall(hall.sql, branchId);
  return holds(redis, folded, epoch, 'entries');
};

test('[LIVE-1] lines and board that are right are not written anew, with classes mixed and in one instant', async () => {
  const { hall: folded } = await foldedHall(hall.sql, branchId);
  const waits = waitingFor(folded, busy);
  expect(new Set(waits.map(({ priority }) => priority)).size).toBe(2);
  expect(new Set(waits.map(({ queuedAt }) => queuedAt)).size).toBeLessThan(waits.length);
  expect(await isHeld()).toBe(true);
});

/** What somebody else does to Redis that leaves every count as it is. */
const damages: Record<string, () => Promise<unknown>> = {
  'a stranger in the place of somebody who waits': async () => {
    const [id = '', score = ''] = await redis.zrange(busyLine, '7', '7', 'WITHSCORES');
    await redis.multi().zrem(busyLine, id).zadd(busyLine, score, 'stranger').exec();
  },
  'the last of a line put first': async () => {
    const [id = ''] = await redis.zrange(busyLine, '-1', '-1');
    await redis.zadd(busyLine, '-inf', id);
  },
  'another text on the board': () => redis.hset(names.board, 'counter/C-1', '{"status":"paused"}'),
  'another entry on the board': () =>
    redis.multi().hdel(names.board, 'counter/C-1').hset(names.board, 'x', '{}').exec(),
  'one too many in a long line': () => redis.zadd(names.line(longLine), 1, 'stranger'),
};

test.each(Object.entries(damages))('[LIVE-1] %s is seen, and right again within seconds', async (_, damage) => {
  expect(await isHeld()).toBe(true);
  await damage();
  await waitUntil('the lines are right again', isRight);
});
