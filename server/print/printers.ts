import type { PrintOutcome } from '@antrean/shared/client/print-over.ts';
import type { PrinterFault, PrinterStatus } from '@antrean/shared/client/printer-status.ts';
import type { PrinterCondition } from '@antrean/shared/protocol/printers.ts';
import { askPrinter } from './ask-printer.ts';
import type { NotPrinted } from './print-once.ts';
import type { PrinterAddress } from './printer-line.ts';
import type { AllowsPrinter } from './printer-networks.ts';
import { PrinterQueue } from './printer-queue.ts';
import { sendToPrinter } from './send-to-printer.ts';

/** How a printer was when this node last heard of it. */
export interface KnownPrinter {
  readonly condition: PrinterCondition;
  /** When it was first found so, epoch ms. */
  readonly since: number;
  readonly heardAt: number;
}

/** A printer is asked at most so often, however many look at it, ms. */
const freshMs = 4_000;
/** How long whoever looks waits for printers that keep silent, ms; what they were before is told then. */
const lookMs = 1_500;
/** How long a question waits for tickets that are being printed, ms. */
const askPatienceMs = 3_000;

/** The printers that this node talks to: at allowed addresses only, one thing at a time, and how each of them is. */
export class Printers {
  readonly #queue = new PrinterQueue();
  readonly #known = new Map<string, KnownPrinter>();
  readonly #asked = new Map<string, Promise<void>>();
  readonly #allows: AllowsPrinter;
  readonly #now: () => number;

  /** @param now epoch ms */
  constructor(allows: AllowsPrinter, now: () => number) {
    this.#allows = allows;
    this.#now = now;
  }

  /**
   * Prints in turn. Never rejects.
   *
   * @param patienceMs how long it may wait for its turn
   * @returns failed with PRINTER_BUSY: its turn did not come in time, and it is not printed
   */
  async print(at: PrinterAddress, bytes: Uint8Array, patienceMs: number): Promise<PrintOutcome | NotPrinted> {
    if (!this.#allows(at.address)) return { kind: 'failed', fault: 'PRINTER_NOT_ALLOWED' };
    const outcome = await this.#queue.inTurn(at, () => sendToPrinter(at, bytes), patienceMs);
    if (!outcome) return { kind: 'failed', fault: 'PRINTER_BUSY' };
    this.#note(at, conditionAfter(outcome));
    return outcome;
  }

  /** Asks those that nobody has heard of just now, and waits a moment for their answers. Never rejects. */
  async look(all: readonly PrinterAddress[]): Promise<void> {
    const asked = Promise.all(all.map((at) => this.#ask(at)));
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, lookMs)));
    await Promise.race([asked, enough]);
    clearTimeout(timer);
  }

  /** @returns `null`: it was never asked, or its first answer has not come yet */
  how(at: PrinterAddress): KnownPrinter | null {
    return this.#known.get(keyOf(at)) ?? null;
  }

  #ask(at: PrinterAddress): Promise<void> {
    const key = keyOf(at);
    const isFresh = this.#now() - (this.#known.get(key)?.heardAt ?? -Infinity) < freshMs;
    if (isFresh) return Promise.resolve();
    const asked = this.#asked.get(key) ?? this.#askNow(at).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  async #askNow(at: PrinterAddress): Promise<void> {
    if (!this.#allows(at.address)) return this.#note(at, 'not-allowed');
    const found = await this.#queue.inTurn(at, async () => ({ status: await askPrinter(at) }), askPatienceMs);
    // One that prints all the time is heard of by what comes of it.
    if (found) this.#note(at, found.status ? conditionOf(found.status) : 'silent');
  }

  #note(at: PrinterAddress, condition: PrinterCondition): void {
    const before = this.#known.get(keyOf(at));
    const heardAt = this.#now();
    const since = before?.condition === condition ? before.since : heardAt;
    this.#known.set(keyOf(at), { condition, since, heardAt });
  }
}

const keyOf = ({ address, port }: PrinterAddress): string => `${address} ${port}`;

const ofFault: Readonly<Record<PrinterFault | 'PRINTER_NO_ANSWER' | 'PRINTER_UNSURE', PrinterCondition>> = {
  PRINTER_PAPER_OUT: 'out',
  PRINTER_COVER_OPEN: 'cover',
  PRINTER_OFFLINE: 'stopped',
  PRINTER_NO_ANSWER: 'silent',
  PRINTER_UNSURE: 'silent',
};

const conditionOf = ({ fault, isPaperLow }: PrinterStatus): PrinterCondition =>
  fault ? ofFault[fault] : isPaperLow ? 'low' : 'ready';

const conditionAfter = (outcome: PrintOutcome): PrinterCondition => {
  if (outcome.kind === 'failed') return ofFault[outcome.fault];
  return outcome.paper === 'ok' ? 'ready' : outcome.paper;
};
