import type { NotPrinted } from './print-once.ts';
import type { PrinterAddress } from './read-printers.ts';
import { type PrintOutcome, sendToPrinter } from './send-to-printer.ts';

/** One ticket after another for each printer of this node (PAPER-6). */
export class PrinterQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Prints in turn. Never rejects.
   *
   * @param patienceMs how long it may wait for its turn
   * @returns failed with PRINTER_BUSY: its turn did not come in time, and it is not printed
   */
  print(address: PrinterAddress, ticket: Uint8Array, patienceMs: number): Promise<PrintOutcome | NotPrinted> {
    const key = `${address.host} ${address.port}`;
    const before = this.#last.get(key) ?? Promise.resolve();
    return new Promise((resolve) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        resolve({ kind: 'failed', fault: 'PRINTER_BUSY' });
      }, patienceMs);
      const turn = before.then(async () => {
        clearTimeout(timer);
        if (!isLate) resolve(await sendToPrinter(address, ticket));
        if (this.#last.get(key) === turn) this.#last.delete(key);
      });
      this.#last.set(key, turn);
    });
  }
}
