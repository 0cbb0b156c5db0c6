import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { install, node, top } from './install.mjs';
import { run } from './run.mjs';

// `npm test [-- WORD]`: every check there is, or those whose name holds WORD; else WORD filters the test files.
const word = process.argv[2] ?? '';

const reports = mkdtempSync(join(tmpdir(), 'antrean-reports-'));
const totals = { passed: 0, failed: 0 };
const failures = [];

const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
const inTop = (args, env = {}, output = 'inherit') =>
  run(node, args, { cwd: top, env: { ...environment, ...env }, stdio: ['ignore', output, output] });

/** One check that passes or fails as a whole. It takes one processor; what it says is shown when it has ended. */
const check = (name, args) => ({
  name,
  isCheck: true,
  run: async () => {
    const said = join(reports, `${name.replaceAll(/\W+/g, '-')}.txt`);
    const file = openSync(said, 'w');
    const code = await inTop(args, {}, file);
    closeSync(file);
    process.stdout.write(readFileSync(said));
    count(name, code === 0 ? [1, 0] : [0, 1]);
  },
});

/** A vitest run, of which each test counts. */
const suite = (name, args, env) => ({
  name,
  run: async () => {
    const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
    const vitest = ['run', '--config', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json'];
    const code = await inTop([script('vitest'), ...vitest, `--outputFile.json=${report}`, ...args], env);
    if (!existsSync(report)) return count(name, [0, 1]);
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that could not be loaded has no failed test, and an unhandled error fails the run alone.
    const failed = Math.max(numFailedTests, success && code === 0 ? 0 : 1);
    count(name, [numPassedTests, failed]);
  },
});

const count = (name, [passed, failed]) => {
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) failures.push(name);
};

/** The script behind a package's program, to be run on the project's own Node. */
const script = (name, program = name) => {
  const home = join(top, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, typeof bin === 'string' ? bin : bin[program]);
};

/** What of the product meets Redis: the other tests would find out the same twice. */
const meetsRedis = [
  ...['follow', 'live-lines', 'load-lines', 'model', 'set-up-under-load'].map((name) => `store/${name}`),
  ...['commands', 'moves', 'position', 'show-board', 'show-waits', 'sockets', 'staff-views'].map(
    (name) => `http/${name}`,
  ),
];

const steps = () => [
  check('types', [script('typescript', 'tsc'), '--noEmit']),
  check('types of the public screens', [script('svelte-check'), '--workspace', 'display', '--fail-on-warnings']),
  check('types of the staff screens', [script('svelte-check'), '--workspace', 'counter', '--fail-on-warnings']),
  check('lint', [script('eslint'), '.']),
  check('format', [script('prettier'), '--check', '--log-level=warn', '.']),
  check('build', ['server/launch/build.mjs']),
  suite('tests', ['--exclude', 'launch/**']),
  suite('tests on the in-process Redis', meetsRedis, { ANTREAN_TEST_REDIS: 'in-process' }),
  suite('fresh clone', ['launch/']),
];

await install();
await (await import('./install-test-programs.mjs')).installTestPrograms();
const all = steps();
const named = all.filter(({ name }) => name.includes(word));
const chosen = named.length > 0 ? named : [suite(`tests ${word}`, [word])];
const take = async ({ name, run: runStep }) => {
  const startedAt = Date.now();
  console.log(`\n── ${name} ──`);
  await runStep();
  console.log(`── ${name}: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s ──`);
};
const checks = chosen.filter(({ isCheck }) => isCheck).values();
const lane = async () => {
  for (const each of checks) await take(each);
};
await Promise.all([lane(), lane()]);
for (const each of chosen) if (!each.isCheck) await take(each);
rmSync(reports, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
