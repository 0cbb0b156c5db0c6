import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Raster } from './draw-ticket.ts';
import { FakeRoll } from './fake-roll.ts';

/** What a fake printer can be told to be. `hangs`, `cut` and `paper-ends`: in the middle of the next ticket. */
export const fakeStates = ['ready', 'low', 'paper-out', 'cover-open', 'silent', 'hangs', 'cut', 'paper-ends'] as const;
export type FakeState = (typeof fakeStates)[number];

/** So many bytes of a ticket are taken before it goes wrong. */
const middle = 3_000;

/** A printer that is none: takes ESC/POS over TCP, answers as printers do, and gives what would have come out. */
export class FakePrinter {
  state: FakeState = 'ready';
  /** How long it takes for a ticket, ms. */
  msPerTicket = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #onTicket: (ticket: Raster) => void;

  constructor(onTicket: (ticket: Raster) => void) {
    this.#onTicket = onTicket;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** @param port 0: any free one @returns the port */
  async listen(port: number, host = '127.0.0.1'): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const roll = new FakeRoll();
    let taken = 0;
    let isPrinting = Promise.resolve();
    socket.on('data', (bytes) => {
      taken += bytes.length;
      if (this.state === 'silent') return;
      if (taken > middle) {
        if (this.state === 'hangs') return void socket.pause();
        if (this.state === 'cut') return void socket.destroy();
        if (this.state === 'paper-ends') this.state = 'paper-out';
      }
      for (const did of roll.take(bytes)) {
        if (did.kind === 'asked-now') socket.write(Uint8Array.of(this.#status(did.of)));
        // Without paper nothing in turn is done any more.
        else if (this.state === 'paper-out' || this.state === 'cover-open') continue;
        else {
          isPrinting = isPrinting.then(async () => {
            if (did.kind === 'asked-in-turn') return void socket.write(Uint8Array.of(this.state === 'low' ? 3 : 0));
            await new Promise((resolve) => setTimeout(resolve, this.msPerTicket));
            this.#onTicket(did.ticket);
          });
        }
      }
    });
  }

  /** Status bytes as in Epson's reference of `DLE EOT`. */
  #status(of: number): number {
    const isOut = this.state === 'paper-out';
    const isOpen = this.state === 'cover-open';
    const fixed = 0b0001_0010;
    if (of === 1) return fixed | (isOut || isOpen ? 0b1000 : 0);
    if (of === 2) return fixed | (isOpen ? 0b100 : 0) | (isOut ? 0b10_0000 : 0);
    if (of === 4) return fixed | (this.state === 'low' || isOut ? 0b1100 : 0) | (isOut ? 0b110_0000 : 0);
    return fixed;
  }
}
