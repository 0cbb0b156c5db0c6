import Tinypool from 'tinypool';
import type { DrawingOrder } from './draw-in-thread.ts';

/** Tickets that may wait to be drawn, at 40 to 80 ms each: more would take longer than a visitor stands there. */
const mostWaiting = 60;
/** How long the thread stays without work, ms. */
const idleMs = 300_000;

/** Draws tickets in a thread of its own: a picture takes as long as a hundred commands. */
export class Drawing {
  readonly #pool = new Tinypool({
    filename: new URL('draw-in-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleMs,
  });

  /** @returns why not, where it is not drawn: the library is not there, or too many wait */
  async draw(order: DrawingOrder): Promise<Uint8Array | 'PRINTER_UNDRAWN' | 'PRINTER_BUSY'> {
    if (this.#pool.queueSize >= mostWaiting) return 'PRINTER_BUSY';
    const drawn = (await this.#pool.run(order)) as Uint8Array | null;
    return drawn ?? 'PRINTER_UNDRAWN';
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
