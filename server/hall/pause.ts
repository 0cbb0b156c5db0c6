/** How long a pause lasts at the most, ms. It ends when the other node has committed: so long only when that one died. */
const longestMs = 200;

/** A break between two batches, in which a node that never is first gets its turn. */
export class Pause {
  #until = 0;
  #wake = (): void => {};

  /** Another node asked for a turn: `over` takes until that node has committed, or for a moment. */
  begin(): void {
    this.#until = performance.now() + longestMs;
  }

  /** The other node has committed. */
  end(): void {
    this.#until = 0;
    this.#wake();
  }

  /** Resolves at once when nobody asked. */
  async over(): Promise<void> {
    const ms = this.#until - performance.now();
    if (ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
