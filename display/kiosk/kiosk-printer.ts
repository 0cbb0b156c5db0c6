import { printAtUsb, type TicketToPrint } from './print-at-usb.ts';
import PrinterService from './PrinterService.svelte';
import { UsbPrinter } from './usb-printer.svelte.ts';

/** What a kiosk with a printer of its own needs, and no other: loaded together, and only there. */
export const kioskPrinter = () => {
  const printer = new UsbPrinter();
  return {
    printer,
    PrinterService,
    /** Never rejects. @returns whether it came out */
    print: (ticket: TicketToPrint): Promise<boolean> => printAtUsb(printer, ticket),
  };
};
export type KioskPrinter = ReturnType<typeof kioskPrinter>;
