import { getContext, setContext } from 'svelte';
import { newCommandId } from '@antrean/shared/client/command-id.ts';
import type { Reply } from '@antrean/shared/client/ask-server.ts';
import { sendCommand } from '@antrean/shared/client/send-command.ts';
import type { CommandAnswer } from '@antrean/shared/protocol/commands.ts';
import { tellProblem } from '@antrean/shared/views/tell-problem.ts';
import type { Hall } from '@antrean/shared/screen/hall.svelte.ts';
import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';

/** How long a command is repeated before the screen says that it does not know, ms. */
const giveUpAfterMs = 15_000;

/** A link that is away for less is nobody's business: requests find their way, or are repeated, ms (COUNTER-8). */
const patienceMs = 3_000;

const place = Symbol('commands');
/** Those of the page, for what has no other way to them. @returns `undefined` where the page sends none */
export const commandsOfPage = (): Commands | undefined => getContext(place);

/** Sends the commands of a staff screen, one at a time, and says what became of them. To be made while a component starts. */
export class Commands {
  readonly #hall: Hall;
  readonly #speech: Speech;
  readonly #sessionEnded: () => void;
  #pending = $state<string | null>(null);
  #message = $state<string | null>(null);
  #notice = $state<string | null>(null);
  #isCutOff = $state(false);

  constructor(hall: Hall, speech: Speech, sessionEnded: () => void) {
    this.#hall = hall;
    this.#speech = speech;
    this.#sessionEnded = sessionEnded;
    setContext(place, this);
    const isLive = $derived(hall.live.link === 'live');
    $effect(() => {
      if (isLive) return void (this.#isCutOff = false);
      const timer = setTimeout(() => (this.#isCutOff = true), patienceMs);
      return () => clearTimeout(timer);
    });
  }

  /** Whether the link has been away so long that nothing can be asked for until it is back (COUNTER-8). */
  get isCutOff(): boolean {
    return this.#isCutOff;
  }

  /** Says why nothing can be asked for now. @returns whether that is so */
  refuseCutOff(): boolean {
    if (this.isCutOff) this.#message = this.#speech.say('staff.offline');
    return this.isCutOff;
  }

  /** The act that is on its way; while there is one, nothing else can be asked for. */
  get pending(): string | null {
    return this.#pending;
  }

  /** Why the last command was not carried out, or that nobody knows; `null` when all is well. */
  get message(): string | null {
    return this.#message;
  }

  /** That an answer is late. */
  get notice(): string | null {
    return this.#notice;
  }

  readonly dismiss = (): void => {
    this.#message = null;
  };

  /**
   * @param path below the branch's address, such as `/day/open`
   * @returns whether it is known to have been carried out
   */
  async send(act: string, path: string, fields: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    return (await this.ask(act, path, fields)) !== null;
  }

  /** As `send`. @returns what the server answered; `null`: it is not known to have been carried out */
  async ask(act: string, path: string, fields: Readonly<Record<string, unknown>> = {}): Promise<CommandAnswer | null> {
    if (this.#pending !== null) return null;
    const { live, branch } = this.#hall;
    const { say, language } = this.#speech;
    this.#message = null;
    // Nothing is kept for later: an act that comes minutes after it was asked for surprises everybody.
    if (this.refuseCutOff()) return null;
    this.#pending = act;
    const reply = await sendCommand({
      path: `/v1/branches/${branch.id}${path}`,
      body: { commandId: newCommandId(), ...fields },
      language,
      giveUpAfterMs,
      onRepeat: () => (this.#notice = say('staff.repeating')),
    });
    this.#notice = null;
    // The answer is there before the screen shows it: unlocked now, the buttons would still be those of before.
    if (reply.kind === 'done') await live.reached(reply.body.version);
    else this.tell(reply);
    this.#pending = null;
    return reply.kind === 'done' ? reply.body : null;
  }

  /** Says why something was not carried out, or that nobody knows; nothing when it was. */
  tell(reply: Reply<unknown>): void {
    const { say } = this.#speech;
    if (reply.kind === 'done') return;
    if (reply.kind === 'unanswered') this.#message = say('staff.unanswered');
    else if (reply.status === 401) this.#sessionEnded();
    else this.#message = tellProblem(reply.problem, say, this.#hall.names);
  }
}
