import { askThrice } from '@antrean/shared/client/ask-server.ts';
import { newCommandId } from '@antrean/shared/client/command-id.ts';
import type { PrintedView } from '@antrean/shared/protocol/paper.ts';
import { notePaper } from '../lib/paper-health.ts';
import type { KioskPrinter } from './kiosk-printer.ts';
import type { TicketToPrint } from './print-at-usb.ts';

/** What staff are told of a printer that does not print. */
const healthOf = { PRINTER_PAPER_OUT: 'out', PRINTER_COVER_OPEN: 'cover' } as const;
/** Of these nobody in the hall expects paper: no printer is set up, or the screen is open to everybody. */
const noPrinter = new Set(['PRINTER_NONE', 'SIGN_IN_NEEDED', 'NOT_ALLOWED']);

/** One ticket on paper, at the hall's printer, at the kiosk's own USB or, with `?paper=browser` (or `browser58`), by the browser of the kiosk itself. */
export class PaperTicket {
  readonly way: 'server' | 'browser';
  readonly width: 58 | 80;
  /** `none`: nobody expects paper here. */
  #state = $state<'none' | 'printing' | 'printed' | 'failed'>('none');

  /** @param own the kiosk's own printer, if that is where its tickets come out */
  constructor(ticket: TicketToPrint, own: Promise<KioskPrinter> | undefined) {
    const asked = /[?&]paper=(browser(?:58)?)(?:&|$)/.exec(location.search)?.[1];
    this.way = asked ? 'browser' : 'server';
    this.width = asked === 'browser58' ? 58 : 80;
    if (this.way === 'browser') this.#state = 'printing';
    else if (own) void this.#printHere(ticket, own);
    else void this.#print(ticket);
  }

  get state(): 'none' | 'printing' | 'printed' | 'failed' {
    return this.#state;
  }

  /** Told by the browser's way: whether it had something to print. */
  readonly isDone = (isPrinted: boolean): void => {
    this.#state = isPrinted ? 'printed' : 'failed';
  };

  async #printHere(ticket: TicketToPrint, own: Promise<KioskPrinter>): Promise<void> {
    this.#state = 'printing';
    const { print } = await own;
    this.#state = (await print(ticket)) ? 'printed' : 'failed';
  }

  async #print({ branchId, ticketId, language }: TicketToPrint): Promise<void> {
    const body = { commandId: newCommandId() };
    const path = `/v1/branches/${branchId}/tickets/${ticketId}/print`;
    // Most halls without a printer answer at once: nothing is promised before.
    const slow = setTimeout(() => (this.#state = 'printing'), 400);
    const reply = await askThrice<PrintedView>({ path, body, language });
    clearTimeout(slow);
    if (reply.kind === 'done') {
      notePaper(reply.body.paper);
      this.#state = 'printed';
      return;
    }
    const code = reply.kind === 'refused' ? reply.problem.code : '';
    this.#state = noPrinter.has(code) ? 'none' : 'failed';
    if (this.#state === 'failed') notePaper(code in healthOf ? healthOf[code as keyof typeof healthOf] : 'silent');
  }
}
