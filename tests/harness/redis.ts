import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedRedis, startRedis } from '@antrean/server/embedded/start-redis.ts';

export interface TestRedis extends EmbeddedRedis {
  /** Starts one at the same address after this one was killed or stopped: empty, as after a loss. */
  readonly startAgain: () => Promise<EmbeddedRedis>;
}

/** The Redis that the suite runs on: `ANTREAN_TEST_REDIS=in-process` takes the stand-in instead of a real one. */
const kindOfSuite = (): EmbeddedRedis['kind'] =>
  process.env.ANTREAN_TEST_REDIS === 'in-process' ? 'in-process' : 'redis-server';

/** Starts one throw-away Redis: each test file has its own, so that keys never meet. */
export const startTestRedis = async (kind = kindOfSuite()): Promise<TestRedis> => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-test-redis-'));
  const redis = await startRedis({ folder, kind });
  let running: EmbeddedRedis = redis;
  return {
    ...redis,
    startAgain: async () => (running = await startRedis({ folder, kind, again: redis })),
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
