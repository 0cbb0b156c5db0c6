import { type Hall, waitingCount, waitingFor } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Redis } from 'ioredis';
import { feedLength, keysOf } from './keys.ts';
import { lineScore } from './line-score.ts';
import { isWrongType, orOfWrongType } from './wrong-type.ts';

/**
 * Up to how many waiting tickets a line is compared one by one; a longer one by its count alone. 240 lines of 20 take
 * 5 ms, a line that is longer than this one is not seen in a hall.
 */
const comparedWhole = 500;

/**
 * Whether Redis holds a branch's lines and board as of this state, by version, entry by entry, and its feed by length:
 * whatever was evicted, dropped or written by somebody else shows. `ahead`: it holds a later version. Rejects when
 * Redis is away.
 */
export const holds = async (redis: Redis, hall: Hall, epoch: string): Promise<boolean | 'ahead'> => {
  const names = keysOf(hall.branchId);
  const lines = (await orOfWrongType(redis.smembers(names.lines), [])) as ServiceId[];
  const waiting = [...new Set([...hall.lines.values()].map((line) => line.serviceId))];
  if (waiting.some((id) => !lines.includes(id))) return false;
  const board = boardOf(hall);
  const asked = redis.multi().hmget(names.state, 'epoch', 'version', 'loaded').hlen(names.board).xlen(names.feed);
  asked.hmget(names.board, ...board.keys());
  for (const serviceId of lines)
    asked.zcard(names.line(serviceId)).zrange(names.line(serviceId), '0', String(comparedWhole - 1));
  const results = (await asked.exec()) ?? [];
  if (results.some(([error]) => isWrongType(error))) return false;
  const [state, boardSize, feedSize, boardValues, ...ofLines] = results.map(([error, result]) => {
    if (error) throw error;
    return result;
  });
  const [heldEpoch, heldVersion, loaded] = state as (string | null)[];
  if (heldEpoch !== epoch || typeof heldVersion !== 'string' || Number(heldVersion) < hall.version) return false;
  if (Number(heldVersion) > hall.version) return 'ahead';
  if (boardSize !== board.size || !isSame(boardValues, [...board.values()])) return false;
  if (Number(feedSize) < Math.min(hall.version - Number(loaded ?? 0), feedLength)) return false;
  return lines.every((id, index) => {
    const count = waitingCount(hall, id);
    if (ofLines[2 * index] !== count) return false;
    return count > comparedWhole || isSame(ofLines[2 * index + 1], inLine(hall, id));
  });
};

/** The board's entries as JSON. Never empty: the set-up's revision is one of them. */
const boardOf = (hall: Hall): Map<string, string> => {
  const board = new Map<string, string>();
  for (const key of audienceOf.board.keys(hall)) {
    const value = audienceOf.board.value(hall, key);
    if (value !== undefined) board.set(key, JSON.stringify(value));
  }
  return board;
};

/** The tickets of a line as Redis orders them: by score, and where that is equal by id. */
const inLine = (hall: Hall, serviceId: ServiceId): string[] =>
  waitingFor(hall, serviceId)
    .map((ticket) => ({ id: ticket.id, score: Number(lineScore(ticket)) }))
    .sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);

const isSame = (held: unknown, wanted: readonly string[]): boolean =>
  Array.isArray(held) && held.length === wanted.length && wanted.every((value, index) => held[index] === value);
