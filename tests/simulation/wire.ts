import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** How a connection to a store can fail a request. */
export type WireFault = 'refused' | 'request lost' | 'reply lost' | 'late';

/** What a node learns of a request that failed: certainly not done, or nobody knows. */
export const refusedError = (): Error =>
  withoutStack(() => Object.assign(new Error('nobody listens'), { code: 'ECONNREFUSED' }));
export const brokenError = (): Error => withoutStack(() => new Error('the connection broke'));

/** Makes an error that is part of the play: nobody reads where it came from, and finding that out takes 10 µs. */
export const withoutStack = (make: () => Error): Error => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/** Requests to a store: carried out on arrival, answered later, each possibly hit by a fault. */
export class Wire {
  isUp = true;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #draw: () => WireFault | null;

  constructor(scheduler: Scheduler, random: Random, draw: () => WireFault | null) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.#draw = draw;
  }

  ask<T>(carryOut: () => T): Promise<T> {
    const fault = this.#draw();
    return new Promise<T>((resolve, reject) => {
      const later = (run: () => void, ms = this.#random.between(1, 8)) => this.#scheduler.after(ms, run);
      if (fault === 'refused' || !this.isUp) return later(() => reject(refusedError()));
      if (fault === 'request lost') return later(() => reject(brokenError()));
      if (fault === 'late') {
        // The node has given it up, but the store has it already and takes its time: at most its statement time-out.
        later(() => quietly(carryOut), this.#random.between(10, 3_000));
        return later(() => reject(brokenError()));
      }
      later(() => {
        if (!this.isUp) return reject(brokenError());
        let settle: () => void;
        try {
          const result = carryOut();
          settle = () => resolve(result);
        } catch (error) {
          settle = () => reject(error);
        }
        later(fault === 'reply lost' ? () => reject(brokenError()) : settle);
      });
    });
  }
}

const quietly = (run: () => unknown): void => {
  try {
    run();
  } catch {
    // The one who would have been told is gone.
  }
};
