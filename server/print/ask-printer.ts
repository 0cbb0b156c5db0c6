import { type PrinterAddress, PrinterLine } from './printer-line.ts';
import { askStatus, isStatusByte, type PrinterStatus, readStatus } from './printer-status.ts';

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

/** @returns `null`: it does not say */
export const statusOver = async (line: PrinterLine): Promise<PrinterStatus | null> => {
  if (!(await line.send(askStatus))) return null;
  const bytes = await line.answers(4, isStatusByte);
  return bytes.length === 4 ? readStatus(bytes) : null;
};
