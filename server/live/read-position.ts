import type { BranchId, ServiceId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import { keysOf } from './keys.ts';

/** How many wait before this ticket in its line, from the live line; `null` when it is not there or Redis is away. */
export const readPosition = async (
  redis: Redis,
  branchId: BranchId,
  serviceId: ServiceId,
  ticketId: TicketId,
): Promise<number | null> => {
  try {
    return await redis.zrank(keysOf(branchId).line(serviceId), ticketId);
  } catch {
    return null;
  }
};
