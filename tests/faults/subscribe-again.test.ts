import { connectRedis, connectSubscriber } from '@antrean/server/live/connect-redis.ts';
import { followFeed } from '@antrean/server/live/follow-feed.ts';
import { keysOf, newsPattern } from '@antrean/server/live/keys.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRedis } from '../harness/redis.ts';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';
import { waitUntil } from '../harness/wait-until.ts';

let redis: Awaited<ReturnType<typeof startTestRedis>>;
let proxy: TcpProxy;
beforeAll(async () => {
  redis = await startTestRedis();
  proxy = await startTcpProxy(redis.url);
});
afterAll(async () => {
  await proxy.close();
  await redis.stop();
});

/** A follower behind the proxy: which branches it was asked for, and how to end it. */
const follow = () => {
  const asked: BranchId[] = [];
  const reading = connectRedis(redis.url, () => {});
  const stop = followFeed({
    redis: reading,
    subscriber: connectSubscriber(proxy.url, newsPattern, () => {}),
    writer: 'this',
    reader: (branchId) => {
      asked.push(branchId);
      return undefined;
    },
  });
  const end = () => {
    stop();
    reading.disconnect();
  };
  return { asked, end };
};

/** Publishes news until the follower has heard of it. */
const hears = async (asked: readonly BranchId[], branch: string): Promise<void> => {
  const other = connectRedis(redis.url, () => {});
  await waitUntil(`news of ${branch} is heard`, () => {
    other.publish(keysOf(branch as BranchId).news, 'other 1').catch(() => {});
    return asked.includes(branch as BranchId);
  });
  other.disconnect();
};

/** Cuts the follower off and loses what it asks once it is connected again; resolves when it has asked. */
const loseSubscription = async (): Promise<void> => {
  let isLost = false;
  proxy.onChunk = (_link, direction, chunk) => {
    if (direction === 'down' || !/psubscribe/i.test(chunk.toString('latin1'))) return;
    isLost = true;
    return 'drop';
  };
  for (const link of proxy.links()) link.cut();
  await waitUntil('the follower subscribes again', () => isLost);
  proxy.onChunk = null;
};

test('a follower that was cut off hears the news again', async () => {
  const { asked, end } = follow();
  await hears(asked, 'before');
  for (const link of proxy.links()) link.cut();
  await hears(asked, 'after');
  end();
});

test('a connection that is lost while the follower subscribes again does no harm', async () => {
  const { asked, end } = follow();
  await hears(asked, 'before');
  await loseSubscription();
  for (const link of proxy.links()) link.cut();
  await hears(asked, 'after');
  end();
});

test('a node may end while it subscribes again: no rejection is left that nobody handles', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { asked, end } = follow();
  await hears(asked, 'before');
  await loseSubscription();
  end();
  // A rejection counts as unhandled when the turn of the loop is over.
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
