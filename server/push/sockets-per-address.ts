/** Counts what is open from each address, so that one of them cannot take all there is (S14). */
export class SocketsPerAddress {
  readonly #limit: number;
  readonly #open = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  isFull(address: string): boolean {
    return (this.#open.get(address) ?? 0) >= this.#limit;
  }

  /** @returns to be called when it is closed, or no longer counts */
  enter(address: string): () => void {
    this.#open.set(address, (this.#open.get(address) ?? 0) + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#open.get(address) ?? 1) - 1;
      if (left > 0) this.#open.set(address, left);
      else this.#open.delete(address);
    };
  }
}
