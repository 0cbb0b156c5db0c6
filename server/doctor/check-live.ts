import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import type { Sql } from '../ledger/connect-postgres.ts';
import { feedFaults } from './check-feed.ts';
import { boardFaults, lineFaults, servicesWithLines } from './check-lines.ts';
import { foldOn } from './fold-on.ts';
import { lastVersion } from './read-ledger.ts';
import { readLiveCopy } from './read-live-copy.ts';

/** A branch as the ledger has it, to hold copies against. */
export interface Truth {
  /** The state at the version up to which the whole ledger was read. */
  readonly hall: Hall;
  readonly epoch: string | undefined;
  readonly services: ReadonlySet<ServiceId>;
}

/**
 * Redis holds the lines, board and feed that the ledger gives at the very version that Redis claims (I10), has come as far as
 * the ledger had when it was read, and holds nothing that is not committed (I12). Rejects when Redis is away.
 */
export const checkLive = async (redis: Redis, sql: Sql, { hall, epoch, services }: Truth): Promise<Violation[]> => {
  const { branchId } = hall;
  const copy = await readLiveCopy(redis, branchId, servicesWithLines(hall, services)).catch(sayIsAway);
  // Asked after Redis was read: whatever Redis then held was committed before, or never.
  const committed = await lastVersion(sql, branchId);
  const say = (invariant: 'I10' | 'I12', messages: readonly string[]): Violation[] =>
    messages.map((message) => ({ invariant, message: `${branchId}: ${message}` }));
  if (copy.strangeKeys.length > 0) {
    return say('I10', [`Redis holds something of another kind under ${copy.strangeKeys.join(', ')}`]);
  }
  if (copy.epoch !== epoch) return hall.version === 0 ? [] : say('I10', ['Redis holds another ledger, or none']);
  if (copy.version > committed) {
    return say('I12', [`Redis stands at version ${copy.version}, but only ${committed} is committed`]);
  }
  if (!(copy.version >= hall.version)) {
    return say('I10', [`Redis stands at version ${copy.version}, but the ledger had come to ${hall.version}`]);
  }
  const last = copy.feed.at(-1)?.[0] ?? '0';
  if (Number.parseInt(last, 10) > committed) {
    return say('I12', [`the feed in Redis ends at version ${last}, but only ${committed} is committed`]);
  }
  const then = await foldOn(sql, hall, copy.version);
  const feed = await feedFaults(sql, branchId, copy);
  return say('I10', [...boardFaults(then, copy), ...lineFaults(then, copy), ...feed]);
};

/** The client's own words for a Redis that is away are about the client. */
const sayIsAway = (error: Error): never => {
  if (error.name === 'ReplyError') throw error;
  throw new Error('Redis does not answer', { cause: error });
};
