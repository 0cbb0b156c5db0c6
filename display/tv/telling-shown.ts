import type { TvState } from '@antrean/shared/protocol/shown-calls.ts';

/** The server hears of what a TV shows at most so often, ms. */
const leastPauseMs = 1_000;
/** Of so many calls at most, the latest: with the counters a TV may name it stays below what a socket takes at once (S14). */
const callsTold = 30;

/** A call as it was seen on this screen. */
export type Painted = Omit<TvState['calls'][number], 'isAnnounced'>;

/** Says of a TV which calls it has shown and announced (SHOW-9): at once, and then no more often than once a second. */
export class TellingShown {
  readonly #tell: (state: TvState) => void;
  #counterIds: TvState['counterIds'] = null;
  /** What was seen on this screen, the latest first; kept while the board has it. */
  #shown: readonly Painted[] = [];
  readonly #announced = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;
  #said = '';

  constructor(tell: (state: TvState) => void) {
    this.#tell = tell;
  }

  /** @param counterIds whose calls this TV shows; `null`: all */
  follow(counterIds: TvState['counterIds']): void {
    this.#counterIds = counterIds;
    this.#look();
  }

  /** These have just been painted. */
  painted(calls: readonly Painted[]): void {
    const seen = new Set(calls.map(keyOf));
    const before = this.#shown.filter((call) => !seen.has(keyOf(call)));
    this.#shown = [...calls.map(({ ticketId, calledAt }) => ({ ticketId, calledAt })), ...before].slice(0, callsTold);
    this.#look();
  }

  /** The sound of this one has begun. */
  announced(call: Painted): void {
    this.#announced.add(keyOf(call));
    this.#look();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    this.#isDue = true;
    this.#timer ??= setTimeout(() => this.#begin());
  }

  /** What is done in one turn is told together. */
  #begin(): void {
    this.#say();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isDue) this.#look();
    }, leastPauseMs);
  }

  #say(): void {
    this.#isDue = false;
    const told = new Set(this.#shown.map(keyOf));
    for (const key of this.#announced) if (!told.has(key)) this.#announced.delete(key);
    const calls = this.#shown.map((call) => ({ ...call, isAnnounced: this.#announced.has(keyOf(call)) }));
    const state = { counterIds: this.#counterIds, calls };
    const text = JSON.stringify(state);
    if (text !== this.#said) this.#tell(state);
    this.#said = text;
  }
}

const keyOf = ({ ticketId, calledAt }: Painted): string => `${ticketId} ${calledAt}`;
