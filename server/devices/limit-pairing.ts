import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** Codes asked for from one address, behind which all screens of a hall may sit that begin at once. */
const codesOfAddress = { keyPrefix: 'pairings', points: 100, duration: 10 * 60 };

/** Keeps whoever asks for codes without end from filling the table. */
export class PairingLimit {
  readonly #ofAddress: RateLimiterRedis;

  constructor(redis: Redis) {
    this.#ofAddress = new RateLimiterRedis({
      ...codesOfAddress,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(codesOfAddress),
    });
  }

  /** @returns seconds to wait instead; 0 when there may be one more */
  async take(address: string): Promise<number> {
    try {
      await this.#ofAddress.consume(address);
      return 0;
    } catch (reason) {
      if (reason instanceof RateLimiterRes) return Math.ceil(reason.msBeforeNext / 1_000);
      throw reason;
    }
  }
}
