import { keysOf } from '@antrean/server/live/keys.ts';
import { loadLines } from '@antrean/server/live/load-lines.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRedis, type TestRedis } from '../harness/redis.ts';
import { at, kiosk, serviceId, Story } from '../rules/story.ts';

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startTestRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

test('[LIVE-1] a line that another node began while this one loaded an older state is found again', async () => {
  const story = new Story().openDay();
  const before = story.hall;
  const { id: ticketId } = story.issue('tax', '09:00');
  const begun = story.hall;
  const to = { serviceId: serviceId('land'), reservedFor: null, note: null, comesBack: false };
  story.tell('transfer-ticket', { ticketId, ...to }, at('09:05'));
  story.tell('cancel-ticket', { ticketId }, at('09:06'), kiosk);
  const names = keysOf(before.branchId as BranchId);

  // The other node's write comes after this one has read which lines there are.
  const slow: Pick<Redis, 'smembers' | 'hget' | 'xrevrange' | 'multi'> = {
    smembers: (async (key: string) => {
      const read = await redis.smembers(key);
      await loadLines(redis, begun, 'epoch');
      return read;
    }) as Redis['smembers'],
    hget: redis.hget.bind(redis),
    xrevrange: redis.xrevrange.bind(redis),
    multi: redis.multi.bind(redis),
  };
  await loadLines(slow as Redis, before, 'epoch');
  expect(await redis.zcard(names.line(serviceId('tax')))).toBe(1);

  await loadLines(redis, story.hall, 'epoch');
  expect(await redis.zcard(names.line(serviceId('tax')))).toBe(0);
});
