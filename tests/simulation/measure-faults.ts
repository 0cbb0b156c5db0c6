import { plantedFaults } from './planted-faults.ts';
import { firstSeeds, runSeeds } from './run-seeds.ts';

// How many seeds of the first so many catch each planted fault, as the rows of docs/simulation.md, and the cheapest of them.
const count = Number(process.argv[2] ?? 2_000);
const word = process.argv[3] ?? '';
for (const fault of plantedFaults.filter(({ name }) => name.includes(word))) {
  const { failed } = await runSeeds(firstSeeds(count), { fault });
  const caught = failed.filter(({ violations }) =>
    violations.some(({ invariant, message }) => fault.breaks.test(`${invariant}: ${message}`)),
  );
  const by = new Set(failed.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)));
  const cheapest = caught.toSorted((a, b) => a.steps - b.steps).slice(0, 3);
  const share = ((100 * caught.length) / count).toFixed(1);
  const seeds = cheapest.map(({ seed }) => seed).join(', ');
  console.log(`| ${fault.name} | \`${fault.file}\` | ${share} % | ${[...by].sort().join(', ')} | ${seeds} |`);
}
