import type { PrinterAddress } from './printer-line.ts';

/** One after another for each printer of this node, as printers take one connection at a time (PAPER-6). */
export class PrinterQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * @param act never rejects
   * @param patienceMs how long it may wait for its turn
   * @returns `null`: its turn did not come in time, and it is not done
   */
  inTurn<Outcome>(
    { address, port }: PrinterAddress,
    act: () => Promise<Outcome>,
    patienceMs: number,
  ): Promise<Outcome | null> {
    const key = `${address} ${port}`;
    const before = this.#last.get(key) ?? Promise.resolve();
    return new Promise((resolve) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        resolve(null);
      }, patienceMs);
      const turn = before.then(async () => {
        clearTimeout(timer);
        if (!isLate) resolve(await act());
        if (this.#last.get(key) === turn) this.#last.delete(key);
      });
      this.#last.set(key, turn);
    });
  }
}
