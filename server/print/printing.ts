import type { Redis } from 'ioredis';
import { Drawing } from './drawing.ts';
import { PrintOnce } from './print-once.ts';
import { PrinterQueue } from './printer-queue.ts';
import type { Printer } from './read-printers.ts';

/** What printing works with; put together by the composition root. */
export interface Printing {
  readonly drawing: Drawing;
  readonly printers: readonly Printer[];
  readonly queue: PrinterQueue;
  readonly once: PrintOnce;
  /** The address on the tickets; absent: the one that was asked. */
  readonly publicUrl: URL | undefined;
}

export const printingWith = (redis: Redis, given: Pick<Printing, 'printers' | 'publicUrl'>): Printing => ({
  ...given,
  drawing: new Drawing(),
  queue: new PrinterQueue(),
  once: new PrintOnce(redis),
});
