/** What is asked for in one turn of the event loop, found at its end in one statement. */
export class AskedTogether<Found> {
  readonly #find: (keys: readonly string[]) => Promise<Map<string, Found>>;
  #keys: string[] = [];
  #found: Promise<Map<string, Found>> | null = null;

  constructor(find: (keys: readonly string[]) => Promise<Map<string, Found>>) {
    this.#find = find;
  }

  async ask(key: string): Promise<Found | null> {
    this.#keys.push(key);
    this.#found ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const keys = this.#keys;
        this.#keys = [];
        this.#found = null;
        this.#find(keys).then(resolve, reject);
      });
    });
    return (await this.#found).get(key) ?? null;
  }
}
