import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import { keysOf } from '../live/keys.ts';
import { isWrongType } from '../live/wrong-type.ts';

/** Everything that Redis holds of a branch, all of one moment. */
export interface LiveCopy {
  readonly epoch: string | undefined;
  readonly version: number;
  /** The version at which everything but the feed was last written anew; absent where an older version wrote it. */
  readonly loaded: number | undefined;
  readonly board: Readonly<Record<string, string>>;
  /** The services that the set of lines names. */
  readonly services: ReadonlySet<ServiceId>;
  /** Ticket and score in the order of the line, by service. */
  readonly lines: ReadonlyMap<ServiceId, readonly (readonly [ticketId: string, score: string])[]>;
  /** Version and event as JSON, the oldest first. */
  readonly feed: readonly (readonly [id: string, json: string])[];
  /** Keys that hold something of another kind than they should. */
  readonly strangeKeys: readonly string[];
}

/**
 * Reads a branch's state, board, lines and feed at once (MULTI), so that they are of one version however often servers
 * write. Rejects when Redis is away.
 *
 * @param services those that may have a line; what the set of lines names is read too
 */
export const readLiveCopy = async (
  redis: Redis,
  branchId: BranchId,
  services: ReadonlySet<ServiceId>,
): Promise<LiveCopy> => {
  const names = keysOf(branchId);
  const asked = [...services];
  const keys = [names.state, names.board, names.lines, names.feed, ...asked.map(names.line)];
  const reading = redis
    .multi()
    .hgetall(names.state)
    .hgetall(names.board)
    .smembers(names.lines)
    .xrange(names.feed, '-', '+');
  for (const serviceId of asked) reading.zrange(names.line(serviceId), '0', '-1', 'WITHSCORES');
  const answers = (await reading.exec()) ?? [];
  const strangeKeys = keys.filter((_, index) => isWrongType(answers[index]?.[0]));
  const results = answers.map(([error, result]) => {
    if (error && !isWrongType(error)) throw error;
    return error ? undefined : result;
  });
  const state = (results[0] ?? {}) as Record<string, string | undefined>;
  const named = new Set((results[2] ?? []) as ServiceId[]);
  const missed = [...named].filter((serviceId) => !services.has(serviceId));
  if (missed.length > 0) return readLiveCopy(redis, branchId, new Set([...services, ...missed]));
  return {
    epoch: state['epoch'],
    version: Number(state['version'] ?? 0),
    loaded: state['loaded'] === undefined ? undefined : Number(state['loaded']),
    board: (results[1] ?? {}) as Record<string, string>,
    services: named,
    lines: new Map(asked.map((serviceId, index) => [serviceId, pairsOf((results[4 + index] ?? []) as string[])])),
    feed: ((results[3] ?? []) as [string, string[]][]).map(([id, fields]) => [id, fields[1] ?? '']),
    strangeKeys,
  };
};

const pairsOf = (flat: readonly string[]): [string, string][] =>
  flat.flatMap((member, index): [string, string][] => (index % 2 === 0 ? [[member, flat[index + 1] ?? '']] : []));
