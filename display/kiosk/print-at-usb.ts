import { askThrice } from '@antrean/shared/client/ask-server.ts';
import { newCommandId } from '@antrean/shared/client/command-id.ts';
import type { PaperBytesView, TakePaperBody, TellPaperBody } from '@antrean/shared/protocol/paper.ts';
import type { UsbPrinter } from './usb-printer.svelte.ts';

export interface TicketToPrint {
  readonly branchId: string;
  readonly ticketId: string;
  /** As it was answered to the kiosk that took the ticket, and to nobody else. */
  readonly link: string;
  readonly language: string;
}

/** Prints a ticket of this kiosk at its own USB, and tells the server what came of it. Never rejects. @returns whether it came out */
export const printAtUsb = async (
  printer: UsbPrinter,
  { branchId, ticketId, link, language }: TicketToPrint,
): Promise<boolean> => {
  // Of a printer that is not there nothing is begun: what is printed of the ticket later is no copy.
  if (!(await printer.isThere())) return false;
  const asked: TakePaperBody = { commandId: newCommandId(), link };
  const path = `/v1/branches/${branchId}/tickets/${ticketId}/paper`;
  const paper = await askThrice<PaperBytesView>({ path, body: asked, language });
  if (paper.kind !== 'done') return false;
  const bytes = Uint8Array.from(atob(paper.body.bytes), (letter) => letter.charCodeAt(0));
  const outcome = await printer.print(bytes);
  const isPrinted = outcome?.kind === 'printed';
  const isUnsure = outcome?.kind === 'failed' && outcome.fault === 'PRINTER_UNSURE';
  const told: TellPaperBody = { ...asked, cameOut: isPrinted ? 'yes' : isUnsure ? 'unsure' : 'no' };
  // The visitor does not wait for it.
  void askThrice<null>({ path: `${path}/told`, body: told, language });
  return isPrinted;
};
