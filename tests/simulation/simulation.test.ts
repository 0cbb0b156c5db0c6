import { expect, test } from 'vitest';
import { foundSeeds, seedsOfFault } from './found-seeds.ts';
import { allGuards, type Guards } from './guards.ts';
import { plantedFaults } from './planted-faults.ts';
import { firstSeeds, runSeeds, type SeedOptions } from './run-seeds.ts';
import { commandKinds, eventKinds } from './kinds.ts';

const oneSeed = process.env.ANTREAN_SEED === undefined ? null : Number(process.env.ANTREAN_SEED);
const given = process.env.ANTREAN_SEEDS === undefined ? null : Number(process.env.ANTREAN_SEEDS);
const seedCount = given ?? 5_000;
/** Beside other test files one process; alone, as many as there are processors. */
const processes = given === null ? { processes: 1 } : {};

const replayOf = (seed: number): string => `ANTREAN_SEED=${seed} npm test -- simulation/simulation`;

const seeds =
  oneSeed === null ? [...new Set([...foundSeeds.map(({ seed }) => seed), ...firstSeeds(seedCount)])] : [oneSeed];

const list = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .map(([kind, count]) => `  ${kind}: ${count}`)
    .sort()
    .join('\n');

test(
  '[SAME-1] [SAME-2] [SAME-3] [SAME-4] [LIVE-1] two nodes under every fault come to one ledger, and all copies to its fold',
  { timeout: 600_000 + seeds.length * 100 },
  async () => {
    const began = process.hrtime.bigint();
    const { tally, failed } = await runSeeds(seeds, processes);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const faults = [...tally.faults.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `simulation: ${tally.seeds} seeds, ${tally.steps} steps, ${tally.commands} commands, ${tally.events} events, ` +
        `${faults} faults, ${tally.overtaken} refusals overtaken, ${failed.length} failing seeds, ${seconds.toFixed(1)} s`,
    );
    console.log(`faults\n${list(tally.faults)}\ncarried out\n${list(tally.accepted)}\nrefused\n${list(tally.refused)}`);
    for (const { seed, violations } of failed.slice(0, 20)) {
      console.log(`seed ${seed} failed, again with: ${replayOf(seed)}`);
      for (const { invariant, message } of violations.slice(0, 5)) console.log(`  ${invariant}: ${message}`);
    }
    expect(tally.seeds).toBe(seeds.length);
    expect(failed.map(({ seed }) => seed)).toEqual([]);
    if (seeds.length < 1_000) return;
    // Whatever can be asked for is asked for and done here, and whatever can happen happens.
    expect(commandKinds.filter((type) => !tally.accepted.has(type))).toEqual([]);
    expect(eventKinds.filter((type) => !tally.happened.has(type))).toEqual([]);
  },
);

/** Runs seed after seed until what is broken shows. @returns how it showed, or nothing */
const firstCatch = async (among: readonly number[], breaks: RegExp, options: SeedOptions): Promise<string | null> => {
  const { failed } = await runSeeds(among, { processes: 1, isEnough: (lots) => lots.some(shows), ...options });
  const caught = failed.find(shows);
  return caught ? `seed ${caught.seed}: ${caught.violations.map(textOf).find((text) => breaks.test(text))}` : null;

  function shows({ violations }: (typeof failed)[number]): boolean {
    return violations.map(textOf).some((text) => breaks.test(text));
  }
};

const textOf = ({ invariant, message }: { invariant: string; message: string }): string => `${invariant}: ${message}`;

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
    const caught = await firstCatch(firstSeeds(1_000), breaks, { guards: { ...allGuards, ...without } });
    console.log(`mutant "${name}": ${caught ?? 'not caught'}`);
    expect(caught).not.toBeNull();
  },
);

test.skipIf(oneSeed !== null).each(plantedFaults)(
  'a fault planted in the product is caught: $name',
  { timeout: 300_000 },
  async (fault) => {
    // What a seed does changes with what people can do: then other seeds must catch it, and are to be written down.
    const caught =
      (await firstCatch(seedsOfFault(fault.name), fault.breaks, { fault })) ??
      (await firstCatch(firstSeeds(1_000), fault.breaks, { fault }));
    console.log(`fault "${fault.name}": ${caught ?? 'not caught'}`);
    expect(caught).not.toBeNull();
  },
);

test.skipIf(oneSeed !== null)(
  'with the version check gone, the constraints alone still keep numbers single',
  { timeout: 300_000 },
  async () => {
    const guards = { ...allGuards, versionCheck: false };
    expect(await firstCatch(firstSeeds(60), /^I3:.* given twice/, { guards })).toBeNull();
  },
);
