import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

export interface Limit {
  /** What is counted. */
  readonly keyPrefix: string;
  /** So many … */
  readonly points: number;
  /** … within so many seconds. */
  readonly duration: number;
  /** From so many on one is refused without asking Redis each time. */
  readonly inMemoryBlockOnConsumed?: number;
}

/** Counts on all nodes together, in Redis; while that is away each node by itself. */
export const limiterOf = (storeClient: Redis, limit: Limit): RateLimiterAbstract =>
  new RateLimiterRedis({
    ...limit,
    keyPrefix: `limit:${limit.keyPrefix}`,
    storeClient,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(limit),
  });

/** Counts one more. @returns seconds to wait instead; 0 when there may be one */
export const countOne = async (limiter: RateLimiterAbstract, key: string): Promise<number> => {
  try {
    await limiter.consume(key);
    return 0;
  } catch (limited) {
    if (!(limited instanceof RateLimiterRes)) throw limited;
    return Math.max(1, Math.ceil(limited.msBeforeNext / 1_000));
  }
};
