import type { Lengths } from '@antrean/shared/protocol/report.ts';

/** Up to here lengths have a place of their own, s: four and a half hours. The few that are longer are kept one by one. */
const secondsCounted = 16_384;

/** Lengths of time counted by whole seconds, so that percentiles are exact to the second and nothing is sorted (REPORT-3). */
export class SecondCounts {
  #counts = new Uint32Array(1_024);
  readonly #longer: number[] = [];
  #count = 0;
  #sumMs = 0;

  add(ms: number): void {
    const second = Math.floor(ms / 1_000);
    this.#put(second, 1);
    this.#sumMs += ms;
  }

  addAll(other: SecondCounts): void {
    for (const [second, count] of other.#counts.entries()) if (count > 0) this.#put(second, count);
    for (const second of other.#longer) this.#put(second, 1);
    this.#sumMs += other.#sumMs;
  }

  lengths(): Lengths {
    const count = this.#count;
    if (count === 0) return { count, meanSeconds: null, medianSeconds: null, p90Seconds: null, maxSeconds: null };
    return {
      count,
      meanSeconds: Math.round(this.#sumMs / count / 1_000),
      medianSeconds: this.#at(0.5),
      p90Seconds: this.#at(0.9),
      maxSeconds: this.#at(1),
    };
  }

  #put(second: number, count: number): void {
    this.#count += count;
    if (second >= secondsCounted) return void this.#longer.push(second);
    if (second >= this.#counts.length) {
      const wider = new Uint32Array(2 ** Math.ceil(Math.log2(second + 1)));
      wider.set(this.#counts);
      this.#counts = wider;
    }
    this.#counts[second]! += count;
  }

  /** The nearest rank. */
  #at(share: number): number {
    const rank = Math.ceil(share * this.#count);
    let upTo = 0;
    for (const [second, count] of this.#counts.entries()) {
      upTo += count;
      if (upTo >= rank) return second;
    }
    return this.#longer.sort((a, b) => a - b)[rank - upTo - 1]!;
  }
}
