import { parentPort, workerData } from 'node:worker_threads';
import type { SeedJob, SeedsDone } from './run-seeds.ts';
import { newTally, tallyOf } from './tally.ts';
import { useModels } from './use-models.ts';
import type { PlantedFault } from './planted-faults.ts';

// A thread that runs seeds, one lot after another, and answers each with what came of it.
useModels((workerData as { readonly fault: PlantedFault | null }).fault);
const { simulate } = await import('./simulate.ts');

const runLot = async ({ seeds, guards }: SeedJob): Promise<SeedsDone> => {
  const tally = newTally();
  const failed: SeedsDone['failed'] = [];
  for (const seed of seeds) {
    const run = await simulate(seed, guards);
    tallyOf(run, tally);
    if (run.violations.length > 0) failed.push({ seed, violations: run.violations, steps: run.steps });
  }
  return { tally, failed };
};

let before: Promise<void> = Promise.resolve();
parentPort?.on('message', (job: SeedJob) => {
  before = before.then(async () => parentPort?.postMessage(await runLot(job)));
});
