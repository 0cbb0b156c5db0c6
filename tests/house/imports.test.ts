import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTree } from './copy-of-tree.ts';
import { cruiseConfiguration, importRules, serverFolders } from './import-rules.ts';
import { root } from './tree.ts';

const packages = ['shared', 'server', 'display', 'counter', 'tests', 'migrations'];

const violationsIn = async (baseDir: string): Promise<{ rule: string; from: string; to: string }[]> => {
  const { output } = await cruise(
    packages,
    { ...cruiseConfiguration.options, ruleSet: { forbidden: importRules }, validate: true, baseDir },
    {
      extensions: ['.ts', '.mjs', '.js', '.svelte', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'node', 'types', 'default'],
    },
  );
  const { modules, summary } = output as ICruiseResult;
  expect(modules.length).toBeGreaterThan(100);
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
};

test('every import keeps the rules', async () => {
  expect(await violationsIn(root)).toEqual([]);
});

test('every folder of the server has its row in the table of imports', () => {
  const folders = readdirSync(join(root, 'server'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['node_modules', 'dist'].includes(entry.name))
    .map((entry) => entry.name);
  expect(Object.keys(serverFolders)).toEqual(expect.arrayContaining(folders));
});

/** One forbidden import for each rule: the rule must catch it, or it guards nothing. */
const planted: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  'no-circle': ['shared/domain/planted-a.ts', './planted-b.ts'],
  'nothing-unresolved': ['shared/domain/planted-unresolved.ts', './not-there.ts'],
  'shared-domain': ['shared/domain/planted.ts', '../protocol/problem.ts'],
  'shared-domain-packages': ['shared/domain/planted-packages.ts', 'typebox'],
  'shared-protocol': ['shared/protocol/planted.ts', '../views/entries.ts'],
  'shared-protocol-packages': ['shared/protocol/planted-packages.ts', 'sorted-btree'],
  'shared-views': ['shared/views/planted.ts', '../client/planted-target.ts'],
  'shared-views-packages': ['shared/views/planted-packages.ts', 'typebox'],
  'shared-locales': ['shared/locales/planted.ts', '../domain/ids.ts'],
  'shared-locales-packages': ['shared/locales/planted-packages.ts', 'typebox'],
  'shared-client': ['shared/client/planted.ts', '../../server/node.ts'],
  'shared-client-packages': ['shared/client/planted-packages.ts', 'sorted-btree'],
  'shared-screen': ['shared/screen/planted.ts', '../domain/ids.ts'],
  'shared-screen-packages': ['shared/screen/planted-packages.ts', 'sorted-btree'],
  'shared-runs-anywhere': ['shared/views/planted-node.ts', 'node:fs'],
  'shared-by-name': ['server/http/planted-path.ts', '../../shared/domain/ids.ts'],
  'tests-by-name': ['tests/harness/planted-path.ts', '../../server/node.ts'],
  'display-alone': ['display/lib/planted.ts', '../../counter/lib/planted-target.ts'],
  'counter-alone': ['counter/lib/planted.ts', '../../server/node.ts'],
  'server-without-screens': ['server/http/planted-screens.ts', '../../display/lib/planted.ts'],
  'launch-before-install': ['server/launch/planted-package.ts', '@antrean/shared/domain/ids.ts'],
  'nothing-needs-tests': ['server/setup/planted-tests.ts', '../../tests/harness/api.ts'],
  ...Object.fromEntries(
    Object.keys(serverFolders).map((folder) => [
      `server-${folder}`,
      [
        `server/${folder}/planted.ts`,
        folder === 'command-line' ? '../launch/planted-target.ts' : '../command-line/planted-target.ts',
      ],
    ]),
  ),
};

test('every rule catches an import planted against it', async () => {
  expect(Object.keys(planted).sort()).toEqual(importRules.map(({ name }) => name).sort());
  const { folder, write, remove } = copyOfTree();
  onTestFinished(remove);
  for (const [file, imported] of Object.values(planted)) write(file, `import '${imported}';\n`);
  write('shared/domain/planted-b.ts', "import './planted-a.ts';\n");
  for (const place of ['shared/client', 'counter/lib', 'server/command-line', 'server/launch']) {
    write(`${place}/planted-target.ts`, 'export const target = 1;\n');
  }
  const found = await violationsIn(folder);
  for (const [rule, [from]] of Object.entries(planted)) {
    expect(found, `${rule} must catch ${from}`).toContainEqual(expect.objectContaining({ rule, from }));
  }
  expect(found.filter(({ from }) => !from.includes('planted'))).toEqual([]);
});
