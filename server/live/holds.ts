import { type Hall, waitingCount, waitingFor } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import type { Redis } from 'ioredis';
import { boardTexts } from './board-texts.ts';
import { feedLength, keysOf } from './keys.ts';
import { lineScore } from './line-score.ts';
import { isWrongType, orOfWrongType } from './wrong-type.ts';

/**
 * Up to how many waiting tickets a line is compared one by one; a longer one by its count alone. 240 lines of 20 take
 * 5 ms, a line that is longer than this one is not seen in a hall.
 */
const comparedWhole = 500;

/** How closely is looked: keys that were lost show in the counts, what somebody else wrote only in the entries. */
export type Depth = 'counts' | 'entries';

/**
 * Whether Redis holds a branch's lines, board and feed as of this state, by version. `ahead`: it holds a later version.
 * Rejects when Redis is away.
 */
export const holds = async (redis: Redis, hall: Hall, epoch: string, depth: Depth): Promise<boolean | 'ahead'> => {
  const names = keysOf(hall.branchId);
  const lines = (await orOfWrongType(redis.smembers(names.lines), [])) as ServiceId[];
  const waiting = [...new Set([...hall.lines.values()].map((line) => line.serviceId))];
  if (waiting.some((id) => !lines.includes(id))) return false;
  const asked = redis.multi().hmget(names.state, 'epoch', 'version', 'loaded').hlen(names.board).xlen(names.feed);
  for (const serviceId of lines) asked.zcard(names.line(serviceId));
  const results = (await asked.exec()) ?? [];
  if (results.some(([error]) => isWrongType(error))) return false;
  const [state, boardSize, feedSize, ...counts] = results.map(([error, result]) => {
    if (error) throw error;
    return result;
  });
  const [heldEpoch, heldVersion, loaded] = state as (string | null)[];
  if (heldEpoch !== epoch || typeof heldVersion !== 'string' || Number(heldVersion) < hall.version) return false;
  if (Number(heldVersion) > hall.version) return 'ahead';
  if (boardSize !== viewOf('board', hall).size) return false;
  if (Number(feedSize) < Math.min(hall.version - Number(loaded ?? 0), feedLength)) return false;
  if (!lines.every((id, index) => counts[index] === waitingCount(hall, id))) return false;
  return depth === 'counts' || holdsEntries(redis, hall, lines);
};

/** Whether board and lines are the same entry by entry, where their counts are. `ahead`: they changed meanwhile. */
const holdsEntries = async (redis: Redis, hall: Hall, lines: readonly ServiceId[]): Promise<boolean | 'ahead'> => {
  const names = keysOf(hall.branchId);
  const board = boardTexts(hall);
  const asked = redis
    .multi()
    .hget(names.state, 'version')
    .hmget(names.board, ...board.keys());
  for (const id of lines) asked.zrange(names.line(id), '0', String(comparedWhole - 1));
  const [version, values, ...tickets] = ((await asked.exec()) ?? []).map(([error, result]) => {
    if (error) throw error;
    return result;
  });
  if (Number(version) > hall.version) return 'ahead';
  return (
    isSame(values, [...board.values()]) &&
    lines.every((id, index) => waitingCount(hall, id) > comparedWhole || isSame(tickets[index], inLine(hall, id)))
  );
};

/** The tickets of a line as Redis orders them: by score, and where that is equal by id. */
const inLine = (hall: Hall, serviceId: ServiceId): string[] =>
  waitingFor(hall, serviceId)
    .map((ticket) => ({ id: ticket.id, score: Number(lineScore(hall, ticket)) }))
    .sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);

const isSame = (held: unknown, wanted: readonly string[]): boolean =>
  Array.isArray(held) && held.length === wanted.length && wanted.every((value, index) => held[index] === value);
