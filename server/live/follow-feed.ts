import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { ShownCall } from '@antrean/shared/protocol/shown-calls.ts';
import type { Redis } from 'ioredis';
import { branchOfNews, keysOf } from './keys.ts';
import { readNews } from './news.ts';

/** What the feed is followed for: where this node stands, and what to do with news. */
export interface FeedReader {
  readonly branchId: BranchId;
  /** The version this node has folded. */
  readonly version: () => number;
  readonly take: (events: readonly HallEvent[]) => void;
  /** Another node asks for a turn. */
  readonly pause: () => void;
  /** Other kiosks call staff than before. */
  readonly help: () => void;
  /** Other alerts stand than before. */
  readonly alerts: () => void;
  /** On how many of its TVs another node's calls are to be seen. */
  readonly shown: (node: string, calls: readonly ShownCall[]) => void;
}

export interface FeedPorts {
  /** For reading. */
  readonly redis: Redis;
  /** Listens to `newsPattern`, and may do nothing else. */
  readonly subscriber: Redis;
  /** Names this node in the news it writes. */
  readonly writer: string;
  /** The reader of a branch that this node holds. */
  readonly reader: (branchId: BranchId) => FeedReader | undefined;
}

const entriesPerRead = 500;

/**
 * Reads what other nodes wrote into the feeds, as soon as they say so. News is a hint: each read starts at the version
 * the node stands at, so nothing is lost between two, and what no news told of is found by the ledger's versions.
 *
 * @returns stops listening
 */
export const followFeed = ({ redis, subscriber, writer, reader }: FeedPorts): (() => void) => {
  /** Branches being read, with whether more was told of meanwhile. */
  const reading = new Map<BranchId, boolean>();
  const read = async (branchId: BranchId): Promise<void> => {
    if (reading.has(branchId)) return void reading.set(branchId, true);
    reading.set(branchId, false);
    try {
      for (let hasMore = true; hasMore;) {
        const branch = reader(branchId);
        if (!branch) return;
        reading.set(branchId, false);
        const from = `(${branch.version()}-0`;
        const entries = await redis.xrange(keysOf(branchId).feed, from, '+', 'COUNT', entriesPerRead);
        branch.take(entries.map(([, fields]) => JSON.parse(fields[1] ?? 'null') as HallEvent));
        hasMore = entries.length === entriesPerRead || reading.get(branchId) === true;
      }
    } catch {
      // Redis is away: the ledger is followed directly meanwhile.
    } finally {
      reading.delete(branchId);
    }
  };
  subscriber.on('pmessage', (_pattern: string, channel: string, message: string) => {
    const branchId = branchOfNews(channel);
    const news = readNews(message);
    if (!branchId || !news || news.writer === writer) return;
    const branch = reader(branchId);
    if (news.word === 'turn') branch?.pause();
    else if (news.word === 'help') branch?.help();
    else if (news.word === 'alerts') branch?.alerts();
    else if (typeof news.word === 'object') branch?.shown(news.writer, news.word);
    else if (branch && news.word > branch.version()) void read(branchId);
  });
  return () => subscriber.disconnect();
};
