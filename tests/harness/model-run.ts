import { afterAll } from 'vitest';
import { startTestHall, type TestHall } from './test-hall.ts';

/** A run of random commands against two nodes, for one test file. */
export interface ModelRun {
  readonly hall: TestHall;
  /** `ANTREAN_COMMANDS=200000` for more. */
  readonly commandCount: number;
  /** What fast-check is told; `ANTREAN_SEED=n` for the same commands again. */
  readonly limits: {
    readonly seed: number;
    readonly interruptAfterTimeLimit: number;
    readonly markInterruptAsFailure: true;
  };
}

/**
 * Starts two nodes on one hall, which end with the test file.
 *
 * @param usualCount of commands; a tenth of them on the in-process Redis, where only that is in question
 */
export const startModelRun = async (usualCount: number): Promise<ModelRun> => {
  const hall = await startTestHall({ nodeCount: 2 });
  afterAll(() => hall.stop());
  return {
    hall,
    commandCount: Number(
      process.env.ANTREAN_COMMANDS ?? usualCount / (process.env.ANTREAN_TEST_REDIS === 'in-process' ? 10 : 1),
    ),
    limits: {
      seed: Number(process.env.ANTREAN_SEED ?? Date.now() % 1_000_000),
      interruptAfterTimeLimit: 600_000,
      markInterruptAsFailure: true,
    },
  };
};
