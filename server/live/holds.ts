import { type Hall, waitingCount } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';
import type { Redis } from 'ioredis';
import { keysOf } from './keys.ts';

/**
 * Whether Redis holds a branch's lines and board as of this state or a later one, by version and by counts: a key that
 * was evicted or dropped shows in the counts. Rejects when Redis is away.
 */
export const holds = async (redis: Redis, hall: Hall, epoch: string): Promise<boolean> => {
  const names = keysOf(hall.branchId);
  const services = [...new Set([...hall.lines.values()].map((line) => line.serviceId))];
  const asked = redis.multi().hmget(names.state, 'epoch', 'version').hlen(names.board).smembers(names.lines);
  for (const serviceId of services) asked.zcard(names.line(serviceId));
  const results = (await asked.exec()) ?? [];
  const [state, boardSize, lines, ...waiting] = results.map(([error, result]) => {
    if (error) throw error;
    return result;
  });
  const [heldEpoch, heldVersion] = state as [string | null, string | null];
  if (heldEpoch !== epoch || Number(heldVersion) < hall.version) return false;
  if (Number(heldVersion) > hall.version) return true;
  if (services.some((id) => !(lines as string[]).includes(id))) return false;
  if (boardSize !== boardEntryCount(hall)) return false;
  return services.every((id: ServiceId, index) => waiting[index] === waitingCount(hall, id));
};

const boardEntryCount = (hall: Hall): number =>
  [...audienceOf.board.keys(hall)].filter((key) => audienceOf.board.value(hall, key) !== undefined).length;
