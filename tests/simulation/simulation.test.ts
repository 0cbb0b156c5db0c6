import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { allGuards, type Guards } from './guards.ts';
import { simulate, type Simulated } from './simulate.ts';

// The server's own code runs; only where it meets Postgres and Redis do the models stand in.
vi.mock('@antrean/server/ledger/append-events.ts', async () => {
  const { appendEvents } = (await import('./seam.ts')).ledgerSeam;
  return { appendEvents };
});
vi.mock('@antrean/server/ledger/read-events.ts', async () => {
  const { readEvents, findCommands } = (await import('./seam.ts')).ledgerSeam;
  return { readEvents, findCommands, eventsPerRead: 20_000 };
});
vi.mock('@antrean/server/ledger/read-head.ts', async () => {
  const { readHead, lockHead } = (await import('./seam.ts')).ledgerSeam;
  return { readHead, lockHead };
});
vi.mock('@antrean/server/live/load-lines.ts', async () => {
  const { loadLines } = (await import('./seam.ts')).redisSeam;
  return { loadLines };
});
vi.mock('@antrean/server/live/holds.ts', async () => {
  const { holds } = (await import('./seam.ts')).redisSeam;
  return { holds };
});

const seedCount = Number(process.env.ANTREAN_SEEDS ?? 2_000);
const oneSeed = process.env.ANTREAN_SEED === undefined ? null : Number(process.env.ANTREAN_SEED);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const replayOf = (seed: number): string =>
  `ANTREAN_SEED=${seed} npx vitest run --config tests/vitest.config.ts simulation`;

const seeds = oneSeed === null ? Array.from({ length: seedCount }, (_, index) => index + 1) : [oneSeed];

test(
  '[SAME-1] [SAME-2] [SAME-3] [LIVE-1] two nodes under every fault come to one ledger, and all copies to its fold',
  { timeout: 600_000 + seeds.length * 100 },
  async () => {
    const began = process.hrtime.bigint();
    const faults = new Map<string, number>();
    const failed: Simulated[] = [];
    const sums = { steps: 0, commands: 0, events: 0, overtaken: 0 };
    for (const seed of seeds) {
      const run = await simulate(seed);
      for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += run[key];
      for (const [kind, count] of run.faults) faults.set(kind, (faults.get(kind) ?? 0) + count);
      if (run.violations.length > 0) failed.push(run);
    }
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const all = [...faults.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `simulation: ${seeds.length} seeds, ${sums.steps} steps, ${sums.commands} commands, ${sums.events} events, ` +
        `${all} faults, ${sums.overtaken} refusals overtaken, ${failed.length} failing seeds, ${seconds.toFixed(1)} s`,
    );
    console.log([...faults].map(([kind, count]) => `  ${kind}: ${count}`).sort().join('\n'));
    for (const { seed, violations } of failed.slice(0, 20)) {
      console.log(`seed ${seed} failed, again with: ${replayOf(seed)}`);
      for (const { invariant, message } of violations.slice(0, 5)) console.log(`  ${invariant}: ${message}`);
    }
    expect(failed.map(({ seed }) => seed)).toEqual([]);
  },
);
