/** After so long without a touch the kiosk asks whether anybody is there, ms. */
const askAfterMs = 30_000;
/** How long it waits for an answer, ms: WCAG 2.2.1 asks for at least 20 s. */
const answerWithinMs = 20_000;
/** How long a ticket stays in sight, ms: it is not printed yet, so there must be time to photograph it. */
const ticketShownMs = 30_000;
/** Who has all of it read aloud needs so many times as long. */
const listeningTimes = 4;

/** Notices when nobody is at the kiosk any more. To be made while a component starts. */
export class Idle {
  #touchedAt = $state(Date.now());
  #now = $state(Date.now());
  readonly #isListening: () => boolean;
  readonly #quietMs = $derived(this.#now - this.#touchedAt);
  readonly #times = $derived.by(() => (this.#isListening() ? listeningTimes : 1));

  /** @param isListening whether the visitor has the pages read aloud */
  constructor(isListening: () => boolean) {
    this.#isListening = isListening;
    $effect(() => {
      const timer = setInterval(() => (this.#now = Date.now()), 500);
      return () => clearInterval(timer);
    });
  }

  readonly touch = (): void => {
    this.#touchedAt = Date.now();
    this.#now = this.#touchedAt;
  };

  /** Seconds left to say "still here"; `null` while the question is not asked. */
  get secondsToAnswer(): number | null {
    if (this.#quietMs < askAfterMs * this.#times) return null;
    return secondsLeft((askAfterMs + answerWithinMs) * this.#times - this.#quietMs);
  }

  get hasLeft(): boolean {
    return this.#quietMs >= (askAfterMs + answerWithinMs) * this.#times;
  }

  /** Seconds for which a ticket is still shown. */
  get ticketSeconds(): number {
    return secondsLeft(ticketShownMs * this.#times - this.#quietMs);
  }
}

const secondsLeft = (ms: number): number => Math.max(0, Math.ceil(ms / 1_000));
