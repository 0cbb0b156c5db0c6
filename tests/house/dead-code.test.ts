import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTree } from './copy-of-tree.ts';
import { read, root } from './tree.ts';

const kinds = [
  'files',
  'dependencies',
  'devDependencies',
  'optionalPeerDependencies',
  'unlisted',
  'exports',
  'types',
  'duplicates',
] as const;

/**
 * knip.json leaves out what no import shows: `node` and `vitest`, which the launchers start by their place, and
 * `drizzle-orm` where drizzle-kit asks for it as its peer.
 */

/** What knip finds unused in a tree, as `kind file: name`. */
const deadIn = async (folder: string): Promise<string[]> => {
  const knip = join(root, 'node_modules/knip/bin/knip.js');
  const options = ['--reporter', 'json', '--no-progress', '--no-config-hints', '--no-exit-code'];
  const { stdout } = await promisify(execFile)(process.execPath, [knip, ...options], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  });
  const { issues } = JSON.parse(stdout) as { issues: Record<string, unknown>[] };
  return issues.flatMap((issue) =>
    kinds.flatMap((kind) =>
      ((issue[kind] ?? []) as { name: string }[]).map(({ name }) => `${kind} ${String(issue.file)}: ${name}`),
    ),
  );
};

test('nothing in the tree is unused: no file, no export, no dependency', async () => {
  expect(await deadIn(root)).toEqual([]);
});

test('an unused file, export and dependency are found where they are planted', async () => {
  const { folder, write, remove } = copyOfTree();
  onTestFinished(remove);
  write('shared/domain/planted-file.ts', 'export const planted = 1;\n');
  write('shared/domain/numbers.ts', `${read('shared/domain/numbers.ts')}\nexport const plantedExport = 1;\n`);
  const manifest = read('shared/package.json');
  write('shared/package.json', manifest.replace('"dependencies": {', '"dependencies": {\n    "yaml": "2.9.1",'));
  const found = await deadIn(folder);
  expect(found).toEqual(
    expect.arrayContaining([
      'files shared/domain/planted-file.ts: shared/domain/planted-file.ts',
      'exports shared/domain/numbers.ts: plantedExport',
      'dependencies shared/package.json: yaml',
    ]),
  );
});
