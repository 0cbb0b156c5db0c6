import { askServer } from '@antrean/shared/client/ask-server.ts';
import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';
import { tellProblem } from '@antrean/shared/views/tell-problem.ts';
import type { Session } from '../lib/session.svelte.ts';

/** Asks the server for a part of a page, one thing at a time, and says what went wrong. */
export class Asking {
  readonly #speech: Speech;
  readonly #session: Session;
  #isPending = $state(false);
  #message = $state<string | null>(null);

  constructor(speech: Speech, session: Session) {
    this.#speech = speech;
    this.#session = session;
  }

  /** Another one for a part of the page that has troubles of its own to tell. */
  get another(): Asking {
    return new Asking(this.#speech, this.#session);
  }

  get isPending(): boolean {
    return this.#isPending;
  }

  /** Why there was no answer to the last question; `null` when all is well. */
  get message(): string | null {
    return this.#message;
  }

  readonly forget = (): void => {
    this.#message = null;
  };

  /**
   * The answer, or `null` with a message, or with the session ended.
   *
   * @param body present: something is to be done, or bytes are brought
   */
  async ask<T>(path: string, body?: object): Promise<T | null> {
    const { say, language } = this.#speech;
    this.#isPending = true;
    this.#message = null;
    const reply = await askServer<T>({ path, language, ...(body && { body }) });
    this.#isPending = false;
    if (reply.kind === 'done') return reply.body;
    if (reply.kind === 'unanswered') this.#message = say(body ? 'staff.unanswered' : 'admin.offline');
    else if (reply.status === 401) this.#session.ended();
    else this.#message = tellProblem(reply.problem, say);
    return null;
  }
}
