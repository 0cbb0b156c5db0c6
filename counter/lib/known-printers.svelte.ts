import type { Reply } from '@antrean/shared/client/ask-server.ts';
import type { PrintedView } from '@antrean/shared/protocol/paper.ts';
import type { PrintersView, PrinterView, TestedView } from '@antrean/shared/protocol/printers.ts';
import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';
import { tellProblem } from '@antrean/shared/views/tell-problem.ts';
import { type AskHall, askHall } from './ask-hall.ts';
import { lookAgain } from './look-again.svelte.ts';

/** How often they are asked how they are, ms. */
const askEveryMs = 5_000;

/** What came of something that was to be printed, in words for people. */
export interface PrintResult {
  readonly kind: 'printed' | 'refused' | 'unanswered';
  readonly text: string;
}

/** The printers of a hall, kept up while somebody looks at them. To be made while a component starts. */
export class KnownPrinters {
  readonly #ask: AskHall;
  readonly #speech: Speech;
  #view = $state.raw<PrintersView | null>(null);

  constructor(branchId: string, speech: Speech, sessionEnded: () => void) {
    this.#ask = askHall(branchId, speech, sessionEnded);
    this.#speech = speech;
    lookAgain(() => this.#look(), askEveryMs);
  }

  /** Server time of the view; `null` until the server has answered. */
  get at(): number | null {
    return this.#view?.at ?? null;
  }

  /** The first is that of all kiosks without one of their own. */
  get all(): readonly PrinterView[] {
    return this.#view?.printers ?? [];
  }

  /** @returns `undefined`: the set-up that holds does not have it */
  of(id: string): PrinterView | undefined {
    return this.all.find((printer) => printer.id === id);
  }

  /** Prints a test page. */
  async test(id: string): Promise<PrintResult> {
    const { say } = this.#speech;
    const reply = await this.#ask<TestedView>(`/printers/${id}/test`, {});
    void this.#look();
    return reply.kind === 'done'
      ? { kind: 'printed', text: say('printers.tested', { paper: reply.body.paper }) }
      : this.#failed(reply);
  }

  /** Prints a ticket. @param commandId the same id prints once */
  async print(ticketId: string, printerId: string, commandId: string): Promise<PrintResult> {
    const { say } = this.#speech;
    const reply = await this.#ask<PrintedView>(`/tickets/${ticketId}/print`, { commandId, printerId });
    void this.#look();
    if (reply.kind !== 'done') return this.#failed(reply);
    const { number, isCopy, paper } = reply.body;
    return { kind: 'printed', text: say('printAgain.done', { number, isCopy: String(isCopy), paper }) };
  }

  #failed(reply: Exclude<Reply<unknown>, { kind: 'done' }>): PrintResult {
    const { say } = this.#speech;
    return reply.kind === 'refused'
      ? { kind: 'refused', text: tellProblem(reply.problem, say) }
      : { kind: 'unanswered', text: say('staff.unanswered') };
  }

  async #look(): Promise<void> {
    const reply = await this.#ask<PrintersView>('/printers');
    if (reply.kind === 'done') this.#view = reply.body;
  }
}
