import {
  askStatus,
  askWhenDone,
  forgetAll,
  isDoneByte,
  isStatusByte,
  type PrinterFault,
  type PrinterStatus,
  readStatus,
} from './printer-status.ts';

/** A way to one printer, over the network or over USB. Never rejects, never hangs. */
export interface LineToPrinter {
  /** @returns whether the printer took it all in time */
  send(bytes: Uint8Array): Promise<boolean>;
  /** The next answers that look as asked for, others left out; fewer when they do not come in time. */
  answers(count: number, looksRight: (byte: number) => boolean): Promise<number[]>;
}

/** What came of it. `PRINTER_UNSURE`: it was sent, and the printer fell silent before it said that it had printed it. */
export type PrintOutcome =
  | { readonly kind: 'printed'; readonly paper: 'ok' | 'low' | 'out' }
  | { readonly kind: 'failed'; readonly fault: PrinterFault | 'PRINTER_NO_ANSWER' | 'PRINTER_UNSURE' };

/** Asks a printer how it is. @returns `null`: it does not say */
export const statusOver = async (line: LineToPrinter): Promise<PrinterStatus | null> => {
  if (!(await line.send(askStatus))) return null;
  const bytes = await line.answers(4, isStatusByte);
  return bytes.length === 4 ? readStatus(bytes) : null;
};

/**
 * Sends one ticket and asks the printer how it is before and after (PAPER-4). Nothing is sent to one that cannot print,
 * and what one could not print is thrown away, lest it comes out for somebody else. Never rejects.
 */
export const printOver = async (line: LineToPrinter, ticket: Uint8Array): Promise<PrintOutcome> => {
  const before = await statusOver(line);
  if (!before) return printFailed('PRINTER_NO_ANSWER');
  if (before.fault) return printFailed(before.fault);
  const isTaken = (await line.send(ticket)) && (await line.send(askWhenDone));
  const [done] = isTaken ? await line.answers(1, isDoneByte) : [];
  const after = await statusOver(line);
  if (done !== undefined) {
    return {
      kind: 'printed',
      paper: after?.fault === 'PRINTER_PAPER_OUT' ? 'out' : after?.isPaperLow ? 'low' : 'ok',
    };
  }
  await line.send(forgetAll);
  return printFailed(after?.fault ?? 'PRINTER_UNSURE');
};

export const printFailed = (fault: Extract<PrintOutcome, { kind: 'failed' }>['fault']): PrintOutcome => ({
  kind: 'failed',
  fault,
});
