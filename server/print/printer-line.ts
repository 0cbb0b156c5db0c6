import type { LineToPrinter } from '@antrean/shared/client/print-over.ts';
import { connect, type Socket } from 'node:net';

/** Where a printer is; the address in numbers. */
export interface PrinterAddress {
  readonly address: string;
  readonly port: number;
}

/** How long a printer may keep us waiting for whatever comes next, ms. */
export const patienceMs = 3_000;
/** A printer that serves another node just now takes no second connection: asked again so often, ms. */
const againMs = 200;

/** A connection to a printer: what is sent, and what it answers within its time. Never rejects, never hangs. */
export class PrinterLine implements LineToPrinter {
  readonly #socket: Socket;
  #answered: number[] = [];
  #isOver = false;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.#answered.push(...bytes);
      this.#wake();
    });
    socket.on('drain', () => this.#wake());
    socket.on('error', () => this.#end());
    socket.on('close', () => this.#end());
  }

  /** @returns `null`: nobody answers there */
  static async open(address: PrinterAddress): Promise<PrinterLine | null> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const socket = await connected(address, until - performance.now());
      if (socket !== 'refused') return socket && new PrinterLine(socket);
      if (performance.now() + againMs > until) return null;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }

  /** @returns whether the printer took it all in time, as long as it takes some of it every three seconds */
  async send(bytes: Uint8Array): Promise<boolean> {
    const pieceLength = 4_096;
    for (let at = 0; at < bytes.length; at += pieceLength) {
      const piece = bytes.subarray(at, at + pieceLength);
      if (this.#isOver) return false;
      if (this.#socket.write(piece)) continue;
      const isDrained = await this.#until(() => !this.#socket.writableNeedDrain);
      if (!isDrained) return false;
    }
    return !this.#isOver;
  }

  /** The next answers that look as asked for, others left out; fewer when they do not come in time. */
  async answers(count: number, looksRight: (byte: number) => boolean): Promise<number[]> {
    const right = (): number[] => this.#answered.filter(looksRight);
    await this.#until(() => right().length >= count);
    const found = right().slice(0, count);
    this.#answered = [];
    return found;
  }

  close(): void {
    // What is still to be sent goes out; a printer that does not take it is left.
    this.#socket.setTimeout(patienceMs, () => this.#socket.destroy());
    this.#socket.end();
  }

  #end(): void {
    this.#isOver = true;
    this.#wake();
  }

  #until(isSo: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve(isSo());
      };
      const timer = setTimeout(finish, patienceMs);
      this.#wake = () => {
        if (isSo() || this.#isOver) finish();
      };
      this.#wake();
    });
  }
}

const connected = ({ address, port }: PrinterAddress, withinMs: number): Promise<Socket | 'refused' | null> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const fail = (why: 'refused' | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(why);
    };
    const timer = setTimeout(() => fail(null), Math.max(0, withinMs));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => fail(code === 'ECONNREFUSED' ? 'refused' : null));
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
