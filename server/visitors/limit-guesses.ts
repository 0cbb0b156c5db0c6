import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * Links of today that were wrong, from one address: behind that may sit a whole hall, each phone with the page of
 * yesterday still open.
 */
const guesses = 60;
const windowSeconds = 5 * 60;

/** Counts links that open nothing by address, on all nodes together; while Redis is away each node by itself. */
export class LinkGuesses {
  readonly #ofAddress: RateLimiterAbstract;

  constructor(storeClient: Redis) {
    const limit = { keyPrefix: 'link-guesses', points: guesses, duration: windowSeconds };
    this.#ofAddress = new RateLimiterRedis({
      ...limit,
      storeClient,
      rejectIfRedisNotReady: true,
      // Who is over it is refused without asking Redis each time.
      inMemoryBlockOnConsumed: guesses + 1,
      insuranceLimiter: new RateLimiterMemory(limit),
    });
  }

  /** @returns seconds to wait instead; `null`: it may be looked up, and counts unless it is forgiven */
  async count(address: string): Promise<number | null> {
    try {
      await this.#ofAddress.consume(address);
      return null;
    } catch (limited) {
      if (!(limited instanceof RateLimiterRes)) throw limited;
      return Math.ceil(limited.msBeforeNext / 1_000);
    }
  }

  /** It was no guess. */
  async forgive(address: string): Promise<void> {
    await this.#ofAddress.reward(address);
  }
}
