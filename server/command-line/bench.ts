import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

const script = fileURLToPath(new URL('../../tests/load/bench.ts', import.meta.url));

export const benchCommand = (program: Command): void => {
  program
    .command('bench')
    .description('measure every figure in turn with its limit, on this machine (docs/benchmark.md)')
    .option('--json <file>', 'write the figures there too')
    .option('--only <prefix>', 'only figures whose key begins so')
    .option('--rounds <number>', 'rounds for each figure, the median counts', '3')
    .option('--protocol <name>', 'how pgbench sends its statements: simple, as by itself, or prepared', 'simple')
    .action(async (flags: Record<string, string>) => {
      const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
      const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
};
