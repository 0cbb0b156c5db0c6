import { statusOver } from './ask-printer.ts';
import { type PrinterAddress, PrinterLine } from './printer-line.ts';
import { askWhenDone, forgetAll, isDoneByte, type PrinterFault } from './printer-status.ts';

/** What came of it. `PRINTER_UNSURE`: it was sent, and the printer fell silent before it said that it had printed it. */
export type PrintOutcome =
  | { readonly kind: 'printed'; readonly paper: 'ok' | 'low' | 'out' }
  | { readonly kind: 'failed'; readonly fault: PrinterFault | 'PRINTER_NO_ANSWER' | 'PRINTER_UNSURE' };

/**
 * Sends one ticket to a printer and asks how it is before and after (PAPER-4). Nothing is sent to one that cannot print,
 * and what one could not print is thrown away, lest it comes out for somebody else. Never rejects.
 */
export const sendToPrinter = async (address: PrinterAddress, ticket: Uint8Array): Promise<PrintOutcome> => {
  const line = await PrinterLine.open(address);
  if (!line) return failed('PRINTER_NO_ANSWER');
  try {
    const before = await statusOver(line);
    if (!before) return failed('PRINTER_NO_ANSWER');
    if (before.fault) return failed(before.fault);
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
    return failed(after?.fault ?? 'PRINTER_UNSURE');
  } finally {
    line.close();
  }
};

const failed = (fault: Extract<PrintOutcome, { kind: 'failed' }>['fault']): PrintOutcome => ({ kind: 'failed', fault });
