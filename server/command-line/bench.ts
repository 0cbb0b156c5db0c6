import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

const scriptOf = (name: string): string => fileURLToPath(new URL(`../../tests/load/${name}.ts`, import.meta.url));

export const benchCommand = (program: Command): void => {
  program
    .command('bench')
    .description('measure every figure in turn with its limit, on this machine (docs/benchmark.md)')
    .option('--json <file>', 'write the figures there too')
    .option('--only <prefix>', 'only figures whose key begins so')
    .option('--rounds <number>', 'rounds for each figure, the median counts', '3')
    .option('--protocol <name>', 'how pgbench sends its statements: simple, as by itself, or prepared', 'simple')
    .action(async (flags: Record<string, string>) => {
      await runScript('bench', argumentsOf(flags));
    });
};

/** Adds `antrean bench-waits FILE`. */
export const benchWaitsCommand = (program: Command): void => {
  program
    .command('bench-waits')
    .description('how right the expected waits would have been on recorded days (docs/waits.md)')
    .argument('<file>', 'the recorded days, with the columns that replay reads')
    .option('--json <file>', 'write the figures there too')
    .action(async (file: string, flags: Record<string, string>) => {
      await runScript('bench-waits', [...argumentsOf(flags), '--', file]);
    });
};

/** Adds `antrean bench-reports`. */
export const benchReportsCommand = (program: Command): void => {
  program
    .command('bench-reports')
    .description('how long the reports of a month of many halls take, on this machine (docs/benchmark.md)')
    .option('--halls <number>', 'how many halls', '300')
    .option('--made <number>', 'how many of them have days of their own', '10')
    .option('--rounds <number>', 'how often each report of a hall is asked for', '20')
    .action(async (flags: Record<string, string>) => {
      await runScript('bench-reports', argumentsOf(flags));
    });
};

const argumentsOf = (flags: Record<string, string>): string[] =>
  Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);

const runScript = async (name: string, args: readonly string[]): Promise<void> => {
  const child = spawn(process.execPath, [scriptOf(name), ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
};
