import { once } from 'node:events';
import type { SeedJob, SeedsDone } from './run-seeds.ts';
import { newTally, tallyOf } from './tally.ts';
import { useModels } from './use-models.ts';

// A process that runs seeds, one lot after another, and answers each with what came of it; it ends with whoever asked.
process.once('disconnect', () => process.exit());

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

let [job] = (await once(process, 'message')) as [SeedJob];
useModels(job.fault);
const { simulate } = await import('./simulate.ts');
for (;;) {
  const asked = once(process, 'message');
  process.send?.(await runLot(job));
  [job] = (await asked) as [SeedJob];
}
