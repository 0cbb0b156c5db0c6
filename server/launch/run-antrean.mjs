import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { node, top } from './install.mjs';
import { runOurs } from './run.mjs';

/**
 * By itself Node lets the garbage of a busy moment grow to 128 MB, and what lives longer to four times what is needed.
 * Kept closer, a day of 100,000 tickets takes two thirds of the memory (`rss.tickets100k` of the benchmark, which reads
 * the same file).
 */
const flags = JSON.parse(readFileSync(new URL('node-flags.json', import.meta.url), 'utf8'));

/** Runs Antrean's command line on the project's own Node; `reached` as for `run`. @returns its exit code */
export const runAntrean = (args, reached) =>
  runOurs(node, [...flags, join(top, 'server/command-line/antrean.ts'), ...args], reached);
