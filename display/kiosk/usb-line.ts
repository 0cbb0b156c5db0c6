import type { LineToPrinter } from '@antrean/shared/client/print-over.ts';
import WebUSBReceiptPrinter from '@point-of-sale/webusb-receipt-printer';

/** How long a printer may keep us waiting for whatever comes next, ms. */
const patienceMs = 3_000;
/** A printer that is out of paper takes no more in the middle of a ticket: it is sent in pieces, bytes. */
const pieceLength = 4_096;

/** The way to a printer at the kiosk's own USB. */
export class UsbLine implements LineToPrinter {
  readonly #driver = new WebUSBReceiptPrinter();
  /** What the printer understands; `null`: none is open. */
  #language: string | null = null;
  #answered: number[] = [];
  #wake: () => void = () => {};

  constructor() {
    this.#driver.addEventListener('connected', ({ language }) => (this.#language = language));
    this.#driver.addEventListener('disconnected', () => {
      this.#language = null;
      this.#wake();
    });
    this.#driver.addEventListener('data', (data) => {
      for (let at = 0; at < data.byteLength; at++) this.#answered.push(data.getUint8(at));
      this.#wake();
    });
  }

  get isOpen(): boolean {
    return this.#language === 'esc-pos';
  }

  /** Opens one that is allowed. Never rejects. @returns whether it is open, and understands what tickets are written in */
  async open(device: UsbDevice): Promise<boolean> {
    await this.#driver.reconnect(device).catch(() => {});
    return this.#begin();
  }

  /** Lets whoever touches the screen choose one; only out of a touch. Never rejects. */
  async choose(): Promise<boolean> {
    await this.close();
    await this.#driver.connect();
    return this.#begin();
  }

  async send(bytes: Uint8Array): Promise<boolean> {
    for (let at = 0; at < bytes.length; at += pieceLength) {
      if (!this.isOpen || !(await inTime(this.#driver.print(bytes.subarray(at, at + pieceLength))))) return false;
    }
    return this.isOpen;
  }

  async answers(count: number, looksRight: (byte: number) => boolean): Promise<number[]> {
    const right = (): number[] => this.#answered.filter(looksRight);
    await inTime(
      new Promise<void>((resolve) => {
        this.#wake = () => {
          if (right().length >= count || !this.isOpen) resolve();
        };
        this.#wake();
      }),
    );
    const found = right().slice(0, count);
    this.#answered = [];
    return found;
  }

  /** What the printer has not taken by now it never gets. */
  async close(): Promise<void> {
    this.#language = null;
    await this.#driver.disconnect().catch(() => {});
    this.#answered = [];
  }

  async #begin(): Promise<boolean> {
    // The library tells what it has opened in the turn after.
    await new Promise((resolve) => setTimeout(resolve));
    if (this.isOpen) await this.#driver.listen();
    return this.isOpen;
  }
}

/** @returns whether it came to an end in time */
const inTime = async (what: Promise<void>): Promise<boolean> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const isInTime = await Promise.race([what.then(() => true), late]);
  clearTimeout(timer);
  return isInTime;
};
