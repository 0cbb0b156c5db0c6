import { countdownAt } from '@antrean/shared/views/auto-next.ts';

interface Desk {
  /** How long a countdown takes, ms; `undefined`: the hall has no such rule. */
  readonly afterMs: () => number | undefined;
  /** Whether one may begin or go on; what of it changes silently is looked at with each second. */
  readonly mayRun: () => boolean;
  readonly call: () => void;
}

/** Counts down to the next call when a visit was ended at this page (AUTO-1, AUTO-2). To be made while a component starts. */
export class AutoNext {
  readonly #desk: Desk;
  #began = $state.raw<{ readonly at: number; readonly afterMs: number } | null>(null);
  #seconds = $state(0);
  #isGone = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
    $effect(() => {
      if (this.#began && !this.#mayRun()) this.stop();
    });
    $effect(() => () => {
      this.#isGone = true;
      this.stop();
    });
  }

  /** Seconds until the call, and how long all of it takes, ms; `null` when nothing is counted down. */
  get running(): { readonly seconds: number; readonly afterMs: number } | null {
    return this.#began && { seconds: this.#seconds, afterMs: this.#began.afterMs };
  }

  begin(): void {
    // The answer to the act may come when the counter has been closed by somebody else.
    if (this.#isGone || !this.#mayRun()) return;
    this.stop();
    this.#began = { at: Date.now(), afterMs: this.#desk.afterMs() ?? 0 };
    this.#tick();
  }

  readonly stop = (): void => {
    clearTimeout(this.#timer);
    this.#began = null;
  };

  #mayRun(): boolean {
    return this.#desk.afterMs() !== undefined && this.#desk.mayRun();
  }

  readonly #tick = (): void => {
    if (!this.#began) return;
    const { at, afterMs } = this.#began;
    const stands = countdownAt(at, afterMs, Date.now());
    if (stands === 'void' || !this.#mayRun()) return this.stop();
    if (stands === 'over') {
      this.stop();
      this.#desk.call();
      return;
    }
    this.#seconds = stands;
    this.#timer = setTimeout(this.#tick, at + afterMs - (stands - 1) * 1_000 - Date.now());
  };
}
