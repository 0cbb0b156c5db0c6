import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import { keysOf } from './keys.ts';

/** What the feed is followed for: where this node stands, and what to do with news. */
export interface FeedReader {
  readonly branchId: BranchId;
  readonly version: number;
  readonly take: (events: readonly HallEvent[]) => void;
}

/** How long one read waits for news, ms. */
const blockMs = 500;
/** Between two reads, ms: under load many events then come with one read. */
const pauseMs = 5;

/**
 * Reads what other nodes wrote into the feeds of the given branches. Starts each read at the version the node stands
 * at, so that nothing can be lost between two reads; a wrong or missing feed is noticed by the ledger's versions.
 *
 * @returns stops reading
 */
export const followFeed = (redis: Redis, readers: () => readonly FeedReader[]): (() => Promise<void>) => {
  let isStopped = false;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const read = async (): Promise<void> => {
    const current = readers();
    if (current.length === 0 || redis.status !== 'ready') return void (await pause(100));
    const keys = current.map(({ branchId }) => keysOf(branchId).feed);
    const ids = current.map(({ version }) => `${version}-0`);
    const news = await redis.xread('COUNT', 500, 'BLOCK', blockMs, 'STREAMS', ...keys, ...ids);
    for (const [key, entries] of news ?? []) {
      const reader = current[keys.indexOf(key)];
      reader?.take(entries.map(([, fields]) => JSON.parse(fields[1] ?? 'null') as HallEvent));
    }
    await pause(pauseMs);
  };
  const loop = (async () => {
    while (!isStopped) {
      try {
        await read();
      } catch {
        // Redis is away: the ledger is followed directly meanwhile.
        await pause(200);
      }
    }
  })();
  return async () => {
    isStopped = true;
    redis.disconnect();
    await loop;
  };
};
