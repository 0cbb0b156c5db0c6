/** What was found stays good for so long without asking again, ms: what an end may lag behind (S3, S4). */
const cacheMs = 800;
const cacheLimit = 10_000;

/**
 * Finds what many ask for all the time: what is asked for in one turn of the event loop is asked in one statement at its
 * end, and is known for a moment afterwards.
 */
export class Lookups<Found> {
  readonly #find: (keys: readonly string[]) => Promise<Map<string, Found>>;
  readonly #cache = new Map<string, { found: Found | null; until: number }>();
  #keys: string[] = [];
  #asked: Promise<Map<string, Found>> | null = null;

  constructor(find: (keys: readonly string[]) => Promise<Map<string, Found>>) {
    this.#find = find;
  }

  /** `null` when there is none. Throws what `find` throws. */
  async read(key: string): Promise<Found | null> {
    const cached = this.#cache.get(key);
    if (cached && cached.until > Date.now()) return cached.found;
    const found = (await this.#ask(key)).get(key) ?? null;
    if (this.#cache.size >= cacheLimit) this.#cache.clear();
    this.#cache.set(key, { found, until: Date.now() + cacheMs });
    return found;
  }

  /** One is asked for anew. */
  forget(key: string): void {
    this.#cache.delete(key);
  }

  /** All are: some have ended. */
  forgetAll(): void {
    this.#cache.clear();
  }

  #ask(key: string): Promise<Map<string, Found>> {
    this.#keys.push(key);
    this.#asked ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const keys = this.#keys;
        this.#keys = [];
        this.#asked = null;
        this.#find(keys).then(resolve, reject);
      });
    });
    return this.#asked;
  }
}
