import { type Hall, waitingCount } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Redis } from 'ioredis';
import { feedLength, keysOf } from './keys.ts';
import { isWrongType, orOfWrongType } from './wrong-type.ts';

/**
 * Whether Redis holds a branch's lines, board and feed as of this state, by version and by counts: a key that was evicted,
 * dropped or written by somebody else shows in the counts. `ahead`: it holds a later version. Rejects when Redis is
 * away.
 */
export const holds = async (redis: Redis, hall: Hall, epoch: string): Promise<boolean | 'ahead'> => {
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
  if (boardSize !== boardEntryCount(hall)) return false;
  if (Number(feedSize) < Math.min(hall.version - Number(loaded ?? 0), feedLength)) return false;
  return lines.every((id, index) => counts[index] === waitingCount(hall, id));
};

const boardEntryCount = (hall: Hall): number =>
  [...audienceOf.board.keys(hall)].filter((key) => audienceOf.board.value(hall, key) !== undefined).length;
