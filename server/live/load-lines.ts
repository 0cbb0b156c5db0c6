import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import { boardTexts } from './board-texts.ts';
import { keysOf } from './keys.ts';
import { lineScore } from './line-score.ts';
import { orOfWrongType } from './wrong-type.ts';

/**
 * Writes a branch's lines and board anew, all at once (MULTI), and marks them with the hall's version. The feed is
 * kept when it ends at or before that version, else it is of another history and is dropped; it need be whole only from
 * here on (`loaded`). A key of a wrong type is replaced like any other.
 */
export const loadLines = async (redis: Redis, hall: Hall, epoch: string): Promise<void> => {
  const names = keysOf(hall.branchId);
  const [oldLines, heldEpoch, last] = await Promise.all([
    orOfWrongType(redis.smembers(names.lines), null),
    orOfWrongType(redis.hget(names.state, 'epoch'), null),
    orOfWrongType(redis.xrevrange(names.feed, '+', '-', 'COUNT', 1), null),
  ]);
  const lastVersion = Number(last?.[0]?.[0].split('-')[0] ?? 0);
  const work = redis.multi();
  work.del(names.state, names.board);
  // The set of lines only grows: another node may have begun a line since it was read, and `holds` must not lose sight of it.
  if (!oldLines) work.del(names.lines);
  // The set of lines may be lost and the lines still be there: those of the day are known from its tickets.
  const services = new Set([...hall.tickets.values()].map(({ serviceId }) => serviceId));
  for (const id of oldLines ?? []) services.add(id as ServiceId);
  for (const id of services) work.del(names.line(id));
  if (!last || heldEpoch !== epoch || lastVersion > hall.version) work.del(names.feed);
  for (const [serviceId, scores] of scoresByService(hall)) {
    work.sadd(names.lines, serviceId);
    for (let from = 0; from < scores.length; from += 1_000) {
      work.zadd(names.line(serviceId), ...scores.slice(from, from + 1_000));
    }
  }
  work.hset(names.board, ...[...boardTexts(hall)].flat());
  work.hset(names.state, 'epoch', epoch, 'version', hall.version, 'loaded', hall.version);
  const results = await work.exec();
  const failed = results?.find(([error]) => error)?.[0];
  if (failed || !results) throw failed ?? new Error('Redis dropped the transaction');
};

/** Score and ticket in turn, cut so that a thousand numbers go into one command. */
const scoresByService = (hall: Hall): Map<ServiceId, string[]> => {
  const byService = new Map<ServiceId, string[]>();
  for (const ticketId of hall.waiting.values()) {
    const ticket = hall.tickets.get(ticketId);
    if (!ticket) continue;
    const scores = byService.get(ticket.serviceId);
    if (scores) scores.push(lineScore(hall, ticket), ticket.id);
    else byService.set(ticket.serviceId, [lineScore(hall, ticket), ticket.id]);
  }
  return byService;
};
