/** How many decoded clips are kept, about 100 KB each: what is said again and again need not be decoded each time. */
const keptDecoded = 150;

/** The recordings of calls, fetched ahead and decoded when they are needed. */
export class ClipStore {
  readonly #context: BaseAudioContext;
  readonly #bytes = new Map<string, Promise<ArrayBuffer>>();
  readonly #decoded = new Map<string, Promise<AudioBuffer>>();
  readonly #missing = new Set<string>();
  readonly #changed: () => void;

  /** @param changed told when a clip is missing, or is not missing any more */
  constructor(context: BaseAudioContext, changed: () => void) {
    this.#context = context;
    this.#changed = changed;
  }

  /** How many clips could not be loaded or decoded when they were last tried. */
  get missing(): number {
    return this.#missing.size;
  }

  /** Whether a clip could not be loaded or decoded when it was last tried. */
  isMissing(address: string): boolean {
    return this.#missing.has(address);
  }

  /** Forgets that clips are missing that nobody asks for any more. */
  keepOnly(addresses: readonly string[]): void {
    for (const address of this.#missing) if (!addresses.includes(address)) this.#note(address, false);
  }

  /** Fetches clips one after another: a TV has better things to do at the same time. */
  async fetchAhead(addresses: readonly string[]): Promise<void> {
    for (const address of addresses) {
      try {
        await this.#fetch(address);
      } catch {
        this.#note(address, true);
      }
    }
  }

  /** A clip to be played; `null` when it cannot be loaded or decoded, which is tried anew the next time. */
  async get(address: string): Promise<AudioBuffer | null> {
    try {
      const buffer = await this.#decode(address);
      this.#note(address, false);
      return buffer;
    } catch {
      this.#bytes.delete(address);
      this.#decoded.delete(address);
      this.#note(address, true);
      return null;
    }
  }

  #fetch(address: string): Promise<ArrayBuffer> {
    const held = this.#bytes.get(address);
    if (held) return held;
    const bytes = fetchBytes(address);
    this.#bytes.set(address, bytes);
    bytes.catch(() => this.#bytes.delete(address));
    return bytes;
  }

  #decode(address: string): Promise<AudioBuffer> {
    const held = this.#decoded.get(address);
    if (held) return held;
    // Decoding takes the bytes away: a copy.
    const buffer = this.#fetch(address).then((bytes) => this.#context.decodeAudioData(bytes.slice(0)));
    this.#decoded.set(address, buffer);
    const [oldest] = this.#decoded.keys();
    if (this.#decoded.size > keptDecoded && oldest) this.#decoded.delete(oldest);
    return buffer;
  }

  #note(address: string, isMissing: boolean): void {
    if (this.#missing.has(address) === isMissing) return;
    if (isMissing) this.#missing.add(address);
    else this.#missing.delete(address);
    this.#changed();
  }
}

const fetchBytes = async (address: string): Promise<ArrayBuffer> => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.arrayBuffer();
};
