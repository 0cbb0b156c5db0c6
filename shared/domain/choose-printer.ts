import type { BranchSetup, HallPrinter } from './setup.ts';

/** The printer that is asked for, and the hall's first where none is; one that is gone meanwhile is no other (PAPER-9). */
export const choosePrinter = (
  { printers }: Pick<BranchSetup, 'printers'>,
  printerId: string | null,
): HallPrinter | undefined => (printerId === null ? printers.values().next().value : printers.get(printerId));
