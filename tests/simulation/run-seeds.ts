import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { allGuards, type Guards } from './guards.ts';
import type { PlantedFault } from './planted-faults.ts';
import { newTally, type Tally, tallyOf } from './tally.ts';
import type { Violation } from './world.ts';

/** What a thread is asked. */
export interface SeedJob {
  readonly seeds: readonly number[];
  readonly guards: Guards;
}

interface FailedSeed {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly steps: number;
}

/** What it answers. */
export interface SeedsDone {
  readonly tally: Tally;
  readonly failed: FailedSeed[];
}

export interface SeedOptions {
  /** Absent: one for each processor. */
  readonly threads?: number;
  readonly guards?: Guards;
  readonly fault?: PlantedFault;
  /** Asked after each lot: whether this is enough. */
  readonly isEnough?: (failed: readonly FailedSeed[]) => boolean;
}

/** Seeds in one lot. */
const lotSize = 20;

/** Runs seeds in threads of their own, each of which loads the product on the models of the stores. */
export const runSeeds = async (seeds: readonly number[], options: SeedOptions = {}): Promise<SeedsDone> => {
  const { threads = availableParallelism(), guards = allGuards, fault = null, isEnough = () => false } = options;
  const tally = newTally();
  const failed: FailedSeed[] = [];
  let next = 0;
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { execArgv: [], workerData: { fault } });
      const goOn = (): void => {
        const lot = seeds.slice(next, next + lotSize);
        next += lot.length;
        if (lot.length > 0 && !isEnough(failed)) worker.postMessage({ seeds: lot, guards } satisfies SeedJob);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('message', (done: SeedsDone) => {
        tallyOf(done.tally, tally);
        failed.push(...done.failed);
        goOn();
      });
      worker.on('error', reject);
      goOn();
    });
  await Promise.all(Array.from({ length: Math.min(threads, Math.ceil(seeds.length / lotSize)) }, work));
  return { tally, failed: failed.sort((a, b) => a.seed - b.seed) };
};

/** 1, 2, 3 … */
export const firstSeeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
