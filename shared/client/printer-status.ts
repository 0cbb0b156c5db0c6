/** Asks for printer, cause of being offline, error and paper at once, past whatever waits to be printed (ESC/POS `DLE EOT n`). */
export const askStatus = Uint8Array.from([1, 2, 3, 4].flatMap((n) => [0x10, 0x04, n]));
/** Asks for the paper in turn: answered when all before it was printed (`GS r 1`). */
export const askWhenDone = Uint8Array.of(0x1d, 0x72, 1);
/** Throws away what was sent and not printed, so that it does not come out when paper is put in (`DLE DC4 8`). */
export const forgetAll = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);

/** What keeps a printer from printing; each has a sentence in the catalogues (`refusal.PRINTER_…`). */
export type PrinterFault = 'PRINTER_PAPER_OUT' | 'PRINTER_COVER_OPEN' | 'PRINTER_OFFLINE';

export interface PrinterStatus {
  readonly fault: PrinterFault | null;
  readonly isPaperLow: boolean;
}

/** Bits that are fixed in each of the four answers tell them from anything else. */
export const isStatusByte = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010;
/** The answer in turn has none of them. */
export const isDoneByte = (byte: number): boolean => (byte & 0b1001_0000) === 0;

/** What four status bytes say, the cause that somebody can mend before the others. */
export const readStatus = ([printer = 0, cause = 0, error = 0, paper = 0]: readonly number[]): PrinterStatus => {
  const isPaperLow = (paper & 0b0000_1100) !== 0;
  const fault =
    (cause & 0b0000_0100) !== 0
      ? 'PRINTER_COVER_OPEN'
      : (paper & 0b0110_0000) !== 0 || (cause & 0b0010_0000) !== 0
        ? 'PRINTER_PAPER_OUT'
        : (printer & 0b0000_1000) !== 0 || (error & 0b0110_1000) !== 0
          ? 'PRINTER_OFFLINE'
          : null;
  return { fault, isPaperLow };
};
