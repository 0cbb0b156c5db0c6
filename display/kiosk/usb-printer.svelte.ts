import { type PrintOutcome, printOver, statusOver } from '@antrean/shared/client/print-over.ts';
import type { PrinterStatus } from '@antrean/shared/client/printer-status.ts';
import type { DeviceHealth } from '@antrean/shared/protocol/devices.ts';
import { notePaper } from '../lib/paper-health.ts';
import { UsbLine } from './usb-line.ts';

/** How it is, in the words of the report to the server. */
type UsbState = NonNullable<DeviceHealth['paper']>;

/** How often it is asked how it is while nothing is printed, ms: once for each report to the server. */
const lookEveryMs = 20_000;

const ofFault = { PRINTER_PAPER_OUT: 'out', PRINTER_COVER_OPEN: 'cover', PRINTER_OFFLINE: 'silent' } as const;

/** The printer at this kiosk's own USB: opened without a touch once it was allowed, and looked after from then on (PAPER-10). */
export class UsbPrinter {
  readonly #line: UsbLine | null;
  readonly #timer: ReturnType<typeof setInterval>;
  /** `null`: being asked. */
  #state = $state<UsbState | null>(null);
  #turn: Promise<unknown> = Promise.resolve();

  constructor() {
    this.#line = navigator.usb ? new UsbLine() : null;
    this.#timer = setInterval(this.#look, lookEveryMs);
    navigator.usb?.addEventListener('connect', this.#look);
    navigator.usb?.addEventListener('disconnect', this.#look);
    this.#look();
  }

  get state(): UsbState | null {
    return this.#state;
  }

  /** Lets staff choose the printer; only out of a touch. */
  readonly choose = (): void => {
    const chosen = this.#line?.choose();
    this.#state = null;
    void this.#inTurn(async () => {
      await chosen;
      await this.#ask();
    });
  };

  /** @returns whether there is one to print at, as far as is known without asking it */
  isThere(): Promise<boolean> {
    return this.#inTurn(() => this.#open());
  }

  /** Prints in turn. Never rejects. @returns `null`: there is none to print at */
  print(ticket: Uint8Array): Promise<PrintOutcome | null> {
    return this.#inTurn(async () => {
      if (!(await this.#open()) || !this.#line) return null;
      const outcome = await printOver(this.#line, ticket);
      if (outcome.kind === 'printed') this.#note(outcome.paper);
      else {
        this.#note(outcome.fault in ofFault ? ofFault[outcome.fault as keyof typeof ofFault] : 'silent');
        // Opened anew it is reset, and what is left of a ticket does not come out for somebody else.
        await this.#line.close();
      }
      return outcome;
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    navigator.usb?.removeEventListener('connect', this.#look);
    navigator.usb?.removeEventListener('disconnect', this.#look);
    await this.#inTurn(async () => this.#line?.close());
  }

  readonly #look = (): void => void this.#inTurn(() => this.#ask());

  async #ask(): Promise<void> {
    if (!(await this.#open()) || !this.#line) return;
    const status = await statusOver(this.#line);
    // It was pulled out while it was asked.
    if (!status && !this.#line.isOpen) return void (await this.#open());
    this.#note(stateOf(status));
    if (!status) await this.#line.close();
  }

  /** Opens the first that is allowed and can be opened. */
  async #open(): Promise<boolean> {
    if (this.#line?.isOpen) return true;
    // Where the page may not use USB, it is there and refuses to be asked.
    const devices = await (navigator.usb?.getDevices() ?? Promise.reject(new Error('no USB'))).catch(() => null);
    for (const device of devices ?? []) if (await this.#line?.open(device)) return true;
    this.#note(devices === null ? 'unable' : devices.length === 0 ? 'missing' : 'refused');
    return false;
  }

  #note(state: UsbState): void {
    this.#state = state;
    notePaper(state);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

const stateOf = (status: PrinterStatus | null): UsbState =>
  !status ? 'silent' : status.fault ? ofFault[status.fault] : status.isPaperLow ? 'low' : 'ok';
