import type { Random } from './random.ts';
import type { WireFault } from './wire.ts';

export type MessageFault = 'lost' | 'late' | 'doubled';

/** Which faults strike, by chance, and how many of each kind did. */
export class Faults {
  readonly injected = new Map<string, number>();
  /** 0 for a quiet network; 1 hits about one request in fifteen. */
  intensity: number;
  readonly #random: Random;

  constructor(random: Random, intensity: number) {
    this.#random = random;
    this.intensity = intensity;
  }

  count(kind: string): void {
    this.injected.set(kind, (this.injected.get(kind) ?? 0) + 1);
  }

  ofWire(store: string): WireFault | null {
    const fault = this.#draw(0.07, ['refused', 'request lost', 'reply lost', 'late'] as const);
    if (fault) this.count(`${store}: ${fault}`);
    return fault;
  }

  ofMessage(): MessageFault | null {
    const fault = this.#draw(0.07, ['lost', 'late', 'doubled'] as const);
    if (fault) this.count(`message: ${fault}`);
    return fault;
  }

  #draw<T>(probability: number, kinds: readonly T[]): T | null {
    if (this.intensity === 0) return null;
    return this.#random.chance(probability * this.intensity) ? this.#random.pick(kinds) : null;
  }
}
