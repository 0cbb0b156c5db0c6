import { newCommandId } from '@antrean/shared/client/command-id.ts';
import { sendCommand } from '@antrean/shared/client/send-command.ts';
import type { AnsweredTicket } from '@antrean/shared/protocol/commands.ts';
import type { Problem } from '@antrean/shared/protocol/problem.ts';

/** What a ticket is asked for: one service, or a journey of several. */
export type Wanted = { readonly serviceId: string } | { readonly journeyId: string };

/** Where a visitor stands at the kiosk. */
export type Step =
  | { readonly at: 'agencies' }
  | { readonly at: 'search' }
  | { readonly at: 'services'; readonly agencyId: string }
  | { readonly at: 'check'; readonly wanted: Wanted; readonly priority: string | null }
  /** The number of a document is asked for (ISSUE-5). */
  | { readonly at: 'document'; readonly wanted: Wanted; readonly priority: string | null }
  /** Asked for, no answer yet; `repeats` counts how often it was asked again, `busy` says why the kiosk waits. */
  | {
      readonly at: 'taking';
      readonly wanted: Wanted;
      readonly priority: string | null;
      readonly repeats: number;
      readonly busy?: Problem;
    }
  | { readonly at: 'ticket'; readonly ticket: AnsweredTicket; readonly link: string | undefined }
  | { readonly at: 'refused'; readonly problem: Problem };

interface Ask {
  readonly branchId: string;
  readonly wanted: Wanted;
  readonly priority: string | null;
  /** The number of the visitor's document, where the service asks for it (ISSUE-5). */
  readonly document?: string | undefined;
  readonly language: string;
}

/** One visitor's way through the kiosk. */
export class Visit {
  #step = $state.raw<Step>({ at: 'agencies' });
  /** The request that this visitor waits for; whoever leaves before its answer is not waiting any more. */
  #awaited: string | null = null;

  get step(): Step {
    return this.#step;
  }

  go(step: Exclude<Step, { at: 'taking' | 'ticket' | 'refused' }>): void {
    this.#awaited = null;
    this.#step = step;
  }

  startAnew(): void {
    this.go({ at: 'agencies' });
  }

  /**
   * Asks for a ticket until there is an answer. Should the visitor have left by then, nobody holds the number, and it
   * is given back.
   */
  async take(ask: Ask): Promise<void> {
    const { branchId, wanted, priority, document, language } = ask;
    const commandId = newCommandId();
    this.#awaited = commandId;
    const isAwaited = (): boolean => this.#awaited === commandId;
    this.#step = { at: 'taking', wanted, priority, repeats: 0 };
    const path = `/v1/branches/${branchId}/tickets`;
    const send = () =>
      sendCommand({
        path,
        body: {
          commandId,
          ...wanted,
          channel: 'kiosk',
          language,
          ...(priority && { priority }),
          ...(document && { holderId: document }),
        },
        language,
        onRepeat: (repeats) => {
          if (isAwaited()) this.#step = { at: 'taking', wanted, priority, repeats };
        },
      });
    let reply = await send();
    // Too many tickets at once (DEVICE-6): asked again under the same id, so that an answer that was lost is found, too.
    while (reply.kind === 'refused' && reply.problem.code === 'KIOSK_BUSY') {
      if (isAwaited()) this.#step = { at: 'taking', wanted, priority, repeats: 0, busy: reply.problem };
      const waitMs = Number(reply.problem.details?.waitSeconds ?? 1) * 1_000;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      reply = await send();
    }
    if (reply.kind === 'done' && reply.body.ticket) {
      const { ticket, link } = reply.body;
      if (isAwaited()) this.#step = { at: 'ticket', ticket, link };
      else if (link) {
        await sendCommand({ path: `/v1/visits/${link}/cancel`, body: { commandId: newCommandId() }, language });
      }
    } else if (reply.kind === 'refused' && isAwaited()) {
      this.#step = { at: 'refused', problem: reply.problem };
    }
  }
}
