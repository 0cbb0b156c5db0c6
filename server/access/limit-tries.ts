/** Five tries in a quarter of an hour for one account from one address; others are not locked out by it (S2). */
const tryLimit = 5;
const windowMs = 15 * 60 * 1_000;
const keyLimit = 50_000;

/** Counts failed sign-ins by account and address. */
export class SignInTries {
  readonly #failed = new Map<string, { count: number; since: number }>();

  /** Seconds to wait before the next try, 0 for none. */
  waitFor(login: string, address: string, now: number): number {
    const entry = this.#failed.get(keyOf(login, address));
    if (!entry || now - entry.since > windowMs || entry.count < tryLimit) return 0;
    return Math.ceil((entry.since + windowMs - now) / 1_000);
  }

  failed(login: string, address: string, now: number): void {
    const key = keyOf(login, address);
    const entry = this.#failed.get(key);
    if (this.#failed.size >= keyLimit) this.#failed.clear();
    if (entry && now - entry.since <= windowMs) entry.count += 1;
    else this.#failed.set(key, { count: 1, since: now });
  }

  succeeded(login: string, address: string): void {
    this.#failed.delete(keyOf(login, address));
  }
}

const keyOf = (login: string, address: string): string => `${login.toLowerCase()}|${address}`;
