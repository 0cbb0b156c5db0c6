import { setImmediate } from 'node:timers/promises';
import { TicketPrinter } from './draw-ticket.ts';
import { encodeTicket } from './encode-ticket.ts';
import type { PaperWidth, TicketTexts } from './lay-ticket.ts';

/** What the drawing thread is asked for. */
export interface DrawingOrder {
  readonly texts: TicketTexts;
  readonly paper: PaperWidth;
  /** For a printer, or for whoever looks at it. */
  readonly as: 'esc-pos' | 'png';
}

const printer = await TicketPrinter.load();

/** @returns `null` where the drawing library is not there */
export default async ({ texts, paper, as }: DrawingOrder): Promise<Uint8Array | null> => {
  if (!printer) return null;
  const raster = printer.draw(texts, paper);
  // The pool waits for the next order without turning the event loop, on which the library gives its memory back.
  await setImmediate();
  return as === 'png' ? printer.picture(raster) : encodeTicket(raster);
};
