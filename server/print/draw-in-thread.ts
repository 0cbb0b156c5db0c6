import { setImmediate } from 'node:timers/promises';
import { TicketPrinter } from './draw-ticket.ts';
import { encodeTicket } from './encode-ticket.ts';
import type { TestPageTexts } from './lay-test-page.ts';
import type { TicketTexts } from './lay-ticket.ts';
import type { PaperWidth } from './paper-sheet.ts';

/** What the drawing thread is asked for. */
export type DrawingOrder = (
  { readonly kind: 'ticket'; readonly texts: TicketTexts } | { readonly kind: 'test'; readonly texts: TestPageTexts }
) & {
  readonly paper: PaperWidth;
  /** For a printer, or for whoever looks at it. */
  readonly as: 'esc-pos' | 'png';
};

const printer = await TicketPrinter.load();

/** @returns `null` where the drawing library is not there */
export default async (order: DrawingOrder): Promise<Uint8Array | null> => {
  if (!printer) return null;
  const { kind, paper, as } = order;
  const raster = kind === 'ticket' ? printer.draw(order.texts, paper) : printer.drawTest(order.texts, paper);
  // The pool waits for the next order without turning the event loop, on which the library gives its memory back.
  await setImmediate();
  return as === 'png' ? printer.picture(raster) : encodeTicket(raster);
};
