import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the tree. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Folders that hold what was installed, built or measured, not what was written. */
const made: ReadonlySet<string> = new Set([
  'node_modules',
  'dist',
  'coverage',
  'artefacts',
  '.git',
  '.antrean',
  '.svelte-kit',
  '.vite',
]);

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return made.has(entry.name) ? [] : filesUnder(join(folder, entry.name));
    return [join(folder, entry.name)];
  });

/** Every file that somebody wrote, from the top of the tree, with `/`. */
export const files: readonly string[] = filesUnder(root).map((path) => relative(root, path).replaceAll(sep, '/'));

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');
