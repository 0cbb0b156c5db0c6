import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { allGuards, type Guards } from './guards.ts';
import type { PlantedFault } from './planted-faults.ts';
import { newTally, type Tally, tallyOf } from './tally.ts';
import type { Violation } from './world.ts';

/** What a process is asked. */
export interface SeedJob {
  readonly seeds: readonly number[];
  readonly guards: Guards;
  /** The same in each job of a process: the product is loaded with it once. */
  readonly fault: PlantedFault | null;
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
  readonly processes?: number;
  readonly guards?: Guards;
  readonly fault?: PlantedFault;
  /** Asked after each lot: whether this is enough. */
  readonly isEnough?: (failed: readonly FailedSeed[]) => boolean;
}

/** Seeds in one lot. */
const lotSize = 20;

/**
 * Runs seeds in processes of their own, each of which loads the product on the models of the stores. No threads: Node can
 * crash where threads are ended and begun (nodejs/node #56312), and takes everything with it.
 * @throws when a process ends before it has answered, with the seeds that it had
 */
export const runSeeds = async (seeds: readonly number[], options: SeedOptions = {}): Promise<SeedsDone> => {
  const { processes = availableParallelism(), guards = allGuards, fault = null, isEnough = () => false } = options;
  const tally = newTally();
  const failed: FailedSeed[] = [];
  let next = 0;
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(new URL('./seed-process.ts', import.meta.url), { execArgv: [], serialization: 'advanced' });
      let lot: readonly number[] = [];
      const goOn = (): void => {
        lot = isEnough(failed) ? [] : seeds.slice(next, next + lotSize);
        next += lot.length;
        if (lot.length > 0) child.send({ seeds: lot, guards, fault } satisfies SeedJob);
        else child.disconnect();
      };
      child.on('message', (done: SeedsDone) => {
        tallyOf(done.tally, tally);
        failed.push(...done.failed);
        goOn();
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        if (lot.length === 0) resolve();
        else reject(new Error(`a process ended with ${signal ?? code} in the seeds ${lot[0]} to ${lot.at(-1)}`));
      });
      goOn();
    });
  await Promise.all(Array.from({ length: Math.min(processes, Math.ceil(seeds.length / lotSize)) }, work));
  return { tally, failed: failed.sort((a, b) => a.seed - b.seed) };
};

/** 1, 2, 3 … */
export const firstSeeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
