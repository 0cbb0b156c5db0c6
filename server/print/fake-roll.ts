import type { Raster } from './draw-ticket.ts';

/** What a printer does on reading: answers at once, answers in turn, or cuts off a ticket. */
export type Did =
  | { readonly kind: 'asked-now'; readonly of: number }
  | { readonly kind: 'asked-in-turn' }
  | { readonly kind: 'cut'; readonly ticket: Raster };

/** Commands that are read over, by their first two bytes, with their whole length. */
const lengths: Readonly<Record<string, number>> = {
  '1b40': 2, '1b64': 3, '1b4a': 3, '1b61': 3, '1b32': 2, '1b33': 3, '1b74': 3, '1b4d': 3, '1b45': 3, '1b2d': 3,
  '1b34': 3, '1b35': 2, '1c2e': 2, '1d21': 3, '1d42': 3, '1d4c': 4, '1d57': 4, '1014': 10,
}; // prettier-ignore

/** Reads ESC/POS as far as tickets use it, in whatever pieces it comes, and gathers the rows of each picture. */
export class FakeRoll {
  #rest = Buffer.alloc(0);
  #width = 0;
  #rows: Uint8Array[] = [];

  /** Throws an `Error` on a command that no ticket should have. */
  take(bytes: Uint8Array): Did[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const did: Did[] = [];
    for (;;) {
      const length = this.#wholeCommand();
      if (length === null || length > this.#rest.length) return did;
      const done = this.#do(this.#rest.subarray(0, length));
      if (done) did.push(done);
      this.#rest = this.#rest.subarray(length);
    }
  }

  /** How long the next command is; `null`: that is not known yet. */
  #wholeCommand(): number | null {
    const { length } = this.#rest;
    if (length === 0) return null;
    if (this.#rest[0] === 0x0a || this.#rest[0] === 0x0d) return 1;
    if (length < 3) return this.#rest.toString('hex', 0, 2) === '1b40' ? 2 : null;
    const name = this.#rest.toString('hex', 0, 2);
    if (name === '1d76') {
      if (length < 8) return null;
      return 8 + this.#rest.readUInt16LE(4) * this.#rest.readUInt16LE(6);
    }
    if (name === '1d56') return this.#rest[2]! > 60 ? 4 : 3;
    if (name === '1004' || name === '1d72') return 3;
    const known = lengths[name];
    if (known === undefined) throw new Error(`a command that no ticket has: ${name}`);
    return known;
  }

  #do(command: Buffer): Did | null {
    const name = command.toString('hex', 0, 2);
    if (name === '1004') return { kind: 'asked-now', of: command[2]! };
    if (name === '1d72') return { kind: 'asked-in-turn' };
    if (name === '1d76') this.#addRows(command.readUInt16LE(4), command.subarray(8));
    if (name !== '1d56') return null;
    const ticket = { width: this.#width, height: this.#rows.length, dots: Buffer.concat(this.#rows) };
    this.#rows = [];
    return { kind: 'cut', ticket };
  }

  #addRows(bytesAcross: number, data: Buffer): void {
    this.#width = bytesAcross * 8;
    for (let at = 0; at < data.length; at += bytesAcross) {
      const row = data.subarray(at, at + bytesAcross);
      this.#rows.push(Uint8Array.from({ length: this.#width }, (_, x) => (row[x >> 3]! >> (7 - (x & 7))) & 1));
    }
  }
}
