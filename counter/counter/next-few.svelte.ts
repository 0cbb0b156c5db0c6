import { askServer } from '@antrean/shared/client/ask-server.ts';
import type { NextView } from '@antrean/shared/protocol/staff-views.ts';
import type { Hall } from '@antrean/shared/screen/hall.svelte.ts';

export type NextTicket = NextView['next'][number];

/** Changes are asked after together, at most this often, ms. */
const coalesceMs = 1_000;
/** Time alone changes who is next too: asked anew at the latest after this, ms. */
const refreshMs = 15_000;

/**
 * Whom a counter calls next, as the server reckons it. To be made while a component starts; `tell` after every change that
 * may matter.
 */
export class NextFew {
  readonly #hall: Hall;
  readonly #path: string;
  #next = $state.raw<readonly NextTicket[]>([]);
  #askedAt = 0;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(hall: Hall, counterId: string) {
    this.#hall = hall;
    this.#path = `/v1/branches/${hall.branch.id}/counters/${counterId}/next`;
    $effect(() => {
      const refresh = setInterval(this.tell, refreshMs);
      return () => {
        clearInterval(refresh);
        clearTimeout(this.#timer);
      };
    });
  }

  get next(): readonly NextTicket[] {
    return this.#next;
  }

  readonly tell = (): void => {
    this.#timer ??= setTimeout(() => void this.#ask(), Math.max(0, this.#askedAt + coalesceMs - Date.now()));
  };

  async #ask(): Promise<void> {
    this.#timer = undefined;
    // Whoever is asked already may not know the change yet.
    if (this.#isAsking) return this.tell();
    this.#isAsking = true;
    this.#askedAt = Date.now();
    const reply = await askServer<NextView>({ path: this.#path, language: 'en' });
    this.#isAsking = false;
    // The socket says when the connection or the session is lost; the list stays as it was until then.
    if (reply.kind === 'done') this.#next = reply.body.next;
    else if (reply.kind === 'refused') this.#next = [];
  }
}
