import type { Redis } from 'ioredis';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { limiterOf } from './limiter.ts';

/** Wrong passwords for one account from one address: others are not locked out by them (S2). */
const triesOfAccount = 5;
/** Wrong passwords for whatever accounts from one address, behind which a whole hall may sit. */
const triesOfAddress = 100;
/** Seconds. */
const duration = 15 * 60;

/** Counts wrong passwords by account and address, on all nodes together; while Redis is away each node by itself. */
export class SignInTries {
  readonly #ofAccount: RateLimiterAbstract;
  readonly #ofAddress: RateLimiterAbstract;
  readonly #lastOf = new Map<string, Promise<unknown>>();

  constructor(redis: Redis) {
    this.#ofAccount = limiterOf(redis, { keyPrefix: 'tries-account', points: triesOfAccount, duration });
    this.#ofAddress = limiterOf(redis, { keyPrefix: 'tries-address', points: triesOfAddress, duration });
  }

  /**
   * Tries once: after the one before from the same address for the same account, so that guesses sent at once are counted
   * like any others.
   *
   * @param isRight verifies the password
   * @returns seconds to wait instead, or whether it was right
   */
  async once(login: string, address: string, isRight: () => Promise<boolean>): Promise<Tried> {
    const key = `${login.toLowerCase()}|${address}`;
    const before = this.#lastOf.get(key) ?? Promise.resolve();
    const mine = before.then(() => this.#try(key, address, isRight));
    const settled = mine.catch(() => {});
    this.#lastOf.set(key, settled);
    try {
      return await mine;
    } finally {
      if (this.#lastOf.get(key) === settled) this.#lastOf.delete(key);
    }
  }

  async #try(key: string, address: string, isRight: () => Promise<boolean>): Promise<Tried> {
    const [ofAccount, ofAddress] = await Promise.all([this.#ofAccount.get(key), this.#ofAddress.get(address)]);
    const waitMs = Math.max(
      ofAccount && ofAccount.consumedPoints >= triesOfAccount ? ofAccount.msBeforeNext : 0,
      ofAddress && ofAddress.consumedPoints >= triesOfAddress ? ofAddress.msBeforeNext : 0,
    );
    if (waitMs > 0) return { waitSeconds: Math.ceil(waitMs / 1_000) };
    if (await isRight()) {
      if (ofAccount) await this.#ofAccount.delete(key);
      return { isRight: true };
    }
    await Promise.all([this.#ofAccount.penalty(key), this.#ofAddress.penalty(address)]);
    return { isRight: false };
  }
}

export type Tried = { readonly waitSeconds: number } | { readonly isRight: boolean };
