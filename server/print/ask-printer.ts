import { statusOver } from '@antrean/shared/client/print-over.ts';
import type { PrinterStatus } from '@antrean/shared/client/printer-status.ts';
import { type PrinterAddress, PrinterLine } from './printer-line.ts';

/** Asks a printer how it is. Never rejects. @returns `null`: nobody answers there, or nobody that is a printer */
export const askPrinter = async (address: PrinterAddress): Promise<PrinterStatus | null> => {
  const line = await PrinterLine.open(address);
  if (!line) return null;
  try {
    return await statusOver(line);
  } finally {
    line.close();
  }
};
