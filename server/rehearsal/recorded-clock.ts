import { setTimeout as sleep } from 'node:timers/promises';

/** How late the replay was with what the record has at a certain second. */
export interface Drift {
  readonly count: number;
  readonly meanMs: number;
  readonly maxMs: number;
}

const longestSleepMs = 60_000;

/** The seconds of a recorded day, passing `speed` times as fast as those of this machine. */
export class RecordedClock {
  readonly speed: number;
  readonly #beganAt = performance.now();
  readonly #firstSecond: number;
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  constructor(speed: number, firstSecond: number) {
    this.speed = speed;
    this.#firstSecond = firstSecond;
  }

  /** The recorded second that it is now, with its fraction. */
  now(): number {
    return this.#firstSecond + ((performance.now() - this.#beganAt) / 1_000) * this.speed;
  }

  /** Waits for a recorded second. Rejects with an AbortError when the signal ends the replay. */
  async until(second: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    for (;;) {
      const leftMs = ((second - this.now()) / this.speed) * 1_000;
      if (leftMs <= 0) return;
      await sleep(Math.min(Math.max(leftMs, 1), longestSleepMs), undefined, { signal });
    }
  }

  /** Notes how late something was that the record has at this second. */
  noteDrift(second: number): void {
    const lateMs = Math.max(0, ((this.now() - second) / this.speed) * 1_000);
    this.#count += 1;
    this.#sumMs += lateMs;
    this.#maxMs = Math.max(this.#maxMs, lateMs);
  }

  drift(): Drift {
    return { count: this.#count, meanMs: this.#count === 0 ? 0 : this.#sumMs / this.#count, maxMs: this.#maxMs };
  }
}
