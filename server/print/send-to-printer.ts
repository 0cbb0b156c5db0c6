import { printFailed, type PrintOutcome, printOver } from '@antrean/shared/client/print-over.ts';
import { type PrinterAddress, PrinterLine } from './printer-line.ts';

/** Sends one ticket to a printer in the network and says what came of it (PAPER-4). Never rejects. */
export const sendToPrinter = async (address: PrinterAddress, ticket: Uint8Array): Promise<PrintOutcome> => {
  const line = await PrinterLine.open(address);
  if (!line) return printFailed('PRINTER_NO_ANSWER');
  try {
    return await printOver(line, ticket);
  } finally {
    line.close();
  }
};
