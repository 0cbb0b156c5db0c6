import type { Redis } from 'ioredis';
import { Drawing } from './drawing.ts';
import { KioskPaper } from './kiosk-paper.ts';
import { PrintOnce } from './print-once.ts';
import type { AllowsPrinter } from './printer-networks.ts';
import { Printers } from './printers.ts';

/** What printing works with; put together by the composition root. */
export interface Printing {
  readonly drawing: Drawing;
  readonly printers: Printers;
  readonly once: PrintOnce;
  readonly kioskPaper: KioskPaper;
  /** The address on the tickets; absent: the one that was asked. */
  readonly publicUrl: URL | undefined;
}

interface Given {
  readonly redis: Redis;
  readonly allowsPrinter: AllowsPrinter;
  /** Epoch ms. */
  readonly now: () => number;
  readonly publicUrl: URL | undefined;
}

export const printingWith = ({ redis, allowsPrinter, now, publicUrl }: Given): Printing => ({
  publicUrl,
  drawing: new Drawing(),
  printers: new Printers(allowsPrinter, now),
  once: new PrintOnce(redis),
  kioskPaper: new KioskPaper(redis),
});
