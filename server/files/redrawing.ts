import Tinypool from 'tinypool';
import type { NotRedrawn, Picture } from './redraw-in-thread.ts';

/** Pictures come a few a month: the thread goes soon, and its memory with it, ms. */
const idleMs = 10_000;

/** Writes pictures anew in a thread of its own: a large one takes a second or two. */
export class Redrawing {
  readonly #pool = new Tinypool({
    filename: new URL('redraw-in-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: idleMs,
  });

  /** @returns why not, where it is not written anew: it is no picture, too wide or high, or the drawing library is not there */
  redraw(picture: Picture): Promise<Uint8Array | NotRedrawn> {
    return this.#pool.run(picture) as Promise<Uint8Array | NotRedrawn>;
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
