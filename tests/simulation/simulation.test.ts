import { expect, test, vi } from 'vitest';
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
  const { readHead, lockHead, readVersions } = (await import('./seam.ts')).ledgerSeam;
  return { readHead, lockHead, readVersions };
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

const replayOf = (seed: number): string =>
  `ANTREAN_SEED=${seed} npx vitest run --config tests/vitest.config.ts simulation`;

/**
 * Seeds that once found something, each tried first ever since: 19, 91, 463, 478 a node that took a feed with a hole in it
 * for whole; 18, 40, 70, 271 commands answered "unavailable" after their commit because a look-up beside it had failed.
 */
const foundSeeds: readonly number[] = [19, 91, 463, 478, 18, 40, 70, 271];

const seeds =
  oneSeed === null ? [...foundSeeds, ...Array.from({ length: seedCount }, (_, index) => index + 1)] : [oneSeed];

test(
  '[SAME-1] [SAME-2] [SAME-3] [LIVE-1] two nodes under every fault come to one ledger, and all copies to its fold',
  { timeout: 600_000 + seeds.length * 100 },
  async () => {
    const began = process.hrtime.bigint();
    const cpuBefore = process.cpuUsage().user;
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
    const cpuSeconds = (process.cpuUsage().user - cpuBefore) / 1e6;
    const all = [...faults.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `simulation: ${seeds.length} seeds, ${sums.steps} steps, ${sums.commands} commands, ${sums.events} events, ` +
        `${all} faults, ${sums.overtaken} refusals overtaken, ${failed.length} failing seeds, ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor)`,
    );
    console.log(
      [...faults]
        .map(([kind, count]) => `  ${kind}: ${count}`)
        .sort()
        .join('\n'),
    );
    for (const { seed, violations } of failed.slice(0, 20)) {
      console.log(`seed ${seed} failed, again with: ${replayOf(seed)}`);
      for (const { invariant, message } of violations.slice(0, 5)) console.log(`  ${invariant}: ${message}`);
    }
    expect(failed.map(({ seed }) => seed)).toEqual([]);
  },
);

/** Takes guards away and runs seed after seed until an invariant breaks. @returns what broke, or nothing */
const firstCatch = async (without: Partial<Guards>, breaks: RegExp, limit = 1_000): Promise<string | null> => {
  for (let seed = 1; seed <= limit; seed++) {
    const { violations } = await simulate(seed, { ...allGuards, ...without });
    const caught = violations.find(({ invariant, message }) => breaks.test(`${invariant}: ${message}`));
    if (caught) return `seed ${seed}: ${caught.invariant}: ${caught.message}`;
  }
  return null;
};

const mutants: readonly (readonly [string, Partial<Guards>, RegExp])[] = [
  ['appends without a version check', { versionCheck: false }, /^(I\d+|SHOW-2):/],
  ['numbers neither checked by version nor unique', { versionCheck: false, numberOnce: false }, /^I3:/],
  ['a command id carried out as often as it comes', { commandOnce: false }, /^I4:/],
  ['screens that take any patch for the next one', { gapCheck: false }, /^SHOW-2:/],
  ['screens without a heartbeat', { heartbeats: false }, /^I11: .* does not show/],
  ['timers that nobody runs', { timers: false }, /^TIMER-2:/],
  ['live lines that are never compared', { reconciler: false }, /^I10:/],
];

test.skipIf(oneSeed !== null).each(mutants)(
  'a mutant is caught: %s',
  { timeout: 300_000 },
  async (name, without, breaks) => {
    const caught = await firstCatch(without, breaks);
    console.log(`mutant "${name}": ${caught ?? 'not caught'}`);
    expect(caught).not.toBeNull();
  },
);

test.skipIf(oneSeed !== null)(
  'with the version check gone, the constraints alone still keep numbers single',
  { timeout: 300_000 },
  async () => {
    expect(await firstCatch({ versionCheck: false }, /^I3:.* given twice/, 60)).toBeNull();
  },
);
