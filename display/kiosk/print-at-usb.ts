import { askServer, pauseBeforeTry, type Reply } from '@antrean/shared/client/ask-server.ts';
import { newCommandId } from '@antrean/shared/client/command-id.ts';
import type { PaperBytesView, TellPaperBody } from '@antrean/shared/protocol/paper.ts';
import type { UsbPrinter } from './usb-printer.svelte.ts';

export interface TicketToPrint {
  readonly branchId: string;
  readonly ticketId: string;
  readonly language: string;
}

/** How often the server is asked under the same id, when answers are lost. */
const tries = 3;

/** Prints a ticket of this kiosk at its own USB, and tells the server what came of it. Never rejects. @returns whether it came out */
export const printAtUsb = async (printer: UsbPrinter, ticket: TicketToPrint): Promise<boolean> => {
  // Of a printer that is not there nothing is begun: what is printed of the ticket later is no copy.
  if (!(await printer.isThere())) return false;
  const commandId = newCommandId();
  const paper = await askAgain<PaperBytesView>(ticket, 'paper', { commandId });
  if (paper.kind !== 'done') return false;
  const bytes = Uint8Array.from(atob(paper.body.bytes), (letter) => letter.charCodeAt(0));
  const outcome = await printer.print(bytes);
  const isPrinted = outcome?.kind === 'printed';
  const isUnsure = outcome?.kind === 'failed' && outcome.fault === 'PRINTER_UNSURE';
  const told: TellPaperBody = { commandId, cameOut: isPrinted ? 'yes' : isUnsure ? 'unsure' : 'no' };
  // The visitor does not wait for it.
  void askAgain(ticket, 'paper/told', told);
  return isPrinted;
};

const askAgain = async <T>(
  { branchId, ticketId, language }: TicketToPrint,
  act: string,
  body: object,
): Promise<Reply<T>> => {
  const path = `/v1/branches/${branchId}/tickets/${ticketId}/${act}`;
  for (let at = 1; ; at++) {
    const reply = await askServer<T>({ path, body, language });
    if (reply.kind !== 'unanswered' || at === tries) return reply;
    await pauseBeforeTry(at);
  }
};
