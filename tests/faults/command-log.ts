import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** A command as its sender knows it: sent until it has an answer that can be relied on. */
export interface SentCommand {
  readonly commandId: string;
  readonly path: string;
  readonly body: object;
  /**
   * `open`: no answer yet. `done`, `refused`: what the hall said. `unavailable`: turned away at the first try with the
   * promise that nothing was done.
   */
  outcome: 'open' | 'done' | 'refused' | 'unavailable';
  /** The body of the last answer. */
  answer: Record<string, unknown> | null;
  /** Whether a try ended without an answer or with `OUTCOME_UNKNOWN`. */
  wasInDoubt: boolean;
  /** From the first try to the answer, ms. */
  tookMs: number;
}

/** Where the commands go; the address changes when a node is started again. */
export interface Target {
  readonly address: () => string;
  readonly branchId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Longer than any answer may take: a try that is not answered by then is a fault of its own. */
const patienceMs = 15_000;
const pauseMs = 20;

/** What every sender of a test did and heard: the client's side of the story, to be held against the ledger. */
export class CommandLog {
  readonly commands: SentCommand[] = [];
  /** Answers that must never be given: other 5xx, none in time, or another answer for the same id. */
  readonly faults: string[] = [];
  /** Repeats of a command that was done, each with the same answer. */
  repeats = 0;
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  count(outcome: SentCommand['outcome']): number {
    return this.commands.filter((command) => command.outcome === outcome).length;
  }

  /**
   * Sends a command; repeats it with the same id while its outcome is unknown, `tries` times at the most. One that is
   * given up is not logged: its sender has to send the same id again.
   */
  async send(
    path: string,
    body: object = {},
    { commandId = randomUUID(), tries = Infinity }: { commandId?: string; tries?: number } = {},
  ): Promise<SentCommand> {
    const command: SentCommand = {
      commandId,
      path,
      body,
      outcome: 'open',
      answer: null,
      wasInDoubt: false,
      tookMs: 0,
    };
    this.commands.push(command);
    const startedAt = performance.now();
    for (let tried = 0; command.outcome === 'open' && tried < tries; tried += 1) {
      await this.#try(command);
      if (command.outcome === 'open') await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    command.tookMs = performance.now() - startedAt;
    if (command.outcome === 'open') this.commands.splice(this.commands.indexOf(command), 1);
    return command;
  }

  /** Sends a command that was done once more: the answer must be the same to the letter (SAME-1). */
  async repeat(command: SentCommand): Promise<void> {
    const again = await this.#ask(command);
    if (!again || again.status === 503) return;
    this.repeats += 1;
    if (!isDeepStrictEqual(again.body, command.answer)) {
      this.faults.push(`${command.commandId} answered ${say(command.answer)}, later ${say(again.body)}`);
    }
  }

  async #try(command: SentCommand): Promise<void> {
    const answered = await this.#ask(command);
    if (!answered) {
      command.wasInDoubt = true;
      return;
    }
    const { status, body, retryAfter } = answered;
    if (status < 300) command.outcome = 'done';
    else if (status < 500) command.outcome = 'refused';
    else if (status === 503 && body.code === 'OUTCOME_UNKNOWN') command.wasInDoubt = true;
    else if (status === 503 && body.code === 'STORE_UNAVAILABLE') {
      // Says only that this try did nothing: after an unknown one the command is still in doubt.
      if (!command.wasInDoubt) command.outcome = 'unavailable';
    } else this.faults.push(`${command.path} answered ${status} ${say(body)}`);
    if (status === 503 && !retryAfter) this.faults.push(`${command.path}: a 503 without Retry-After`);
    command.answer = body;
  }

  async #ask({ path, commandId, body }: SentCommand) {
    const { address, branchId } = this.#target;
    // A kiosk has no account, and so no session that must be read from the store first.
    const headers = path === '/tickets' ? {} : this.#target.headers;
    try {
      const response = await fetch(`${address()}/v1/branches/${branchId}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ commandId, ...body }),
        signal: AbortSignal.timeout(patienceMs),
      });
      return {
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
        retryAfter: response.headers.get('retry-after'),
      };
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') this.faults.push(`${path}: no answer within ${patienceMs} ms`);
      return null;
    }
  }
}

const say = (body: unknown): string => JSON.stringify(body);
