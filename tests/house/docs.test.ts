import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { files, read, root } from './tree.ts';

const pages = files
  .filter((file) => /^(README\.md|docs\/.+\.md)$/.test(file))
  .map((file) => ({ file, text: read(file) }));

const scripts = new Set(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts));
/** What npm and pnpm do by themselves. */
const builtIn = new Set(['install', 'test', 'start', 'run', 'exec', 'ci', 'audit', 'sbom']);

/** The commands of a page, out of code only: `npm start`, `pnpm antrean doctor`, with what follows up to the end. */
const commandsOf = (text: string): string[][] => {
  const code = [...text.matchAll(/```[^\n]*\n([^]*?)```|`([^`\n]+)`/g)].map(([, block, span]) => block ?? span ?? '');
  return code
    .flatMap((piece) => piece.split('\n'))
    .map((line) => /(?:^|\s)(p?npm (?!.*registry).*)/.exec(line)?.[1]?.split('#')[0]?.trim().split(/\s+/))
    .filter((words) => words !== undefined);
};

/** Why a command cannot be run, or nothing. */
const faultOf = (words: readonly string[], antrean: ReadonlySet<string>): string | null => {
  const [program, first = '', second] = words[1] === 'run' ? [words[0], ...words.slice(2)] : words;
  if (first.startsWith('-')) return null;
  if (!scripts.has(first) && !builtIn.has(first)) return `${program} ${first} is no script`;
  const isOwn = first === 'antrean' && second !== undefined && /^[a-z]/.test(second);
  return isOwn && !antrean.has(second) ? `antrean has no command ${second}` : null;
};

const antreanCommands = async (): Promise<Set<string>> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['server/command-line/antrean.ts', '--help'], {
    cwd: root,
    timeout: 60_000,
  });
  const listed = stdout.slice(stdout.indexOf('Commands:'));
  return new Set([...listed.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name!));
};

test('every command that a page names can be run', async () => {
  const antrean = await antreanCommands();
  const named = pages.flatMap(({ file, text }) => commandsOf(text).map((words) => ({ file, words })));
  expect(named.length).toBeGreaterThan(10);
  expect(
    named.flatMap(({ file, words }) => {
      const fault = faultOf(words, antrean);
      return fault === null ? [] : [`${file}: ${fault}`];
    }),
  ).toEqual([]);
  for (const planted of ['`npm run nothing`', '```\npnpm nothing\n```', '`pnpm antrean nothing`']) {
    expect(
      commandsOf(planted).map((words) => faultOf(words, antrean)),
      planted,
    ).not.toContain(null);
  }
});

/** Links and pictures of a page that lead to a file that is not there; other sites are not asked. */
const brokenLinks = (file: string, text: string): string[] =>
  [...text.matchAll(/!?\[[^\]]*\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^(https?:|mailto:)/.test(link))
    .filter((link) => {
      const [path, anchor] = link.split('#');
      const target = path ? normalize(join(dirname(file), path)) : file;
      if (!existsSync(join(root, target))) return true;
      if (!anchor) return false;
      const headings = (target === file ? text : read(target)).match(/^#+ .*$/gm) ?? [];
      return !headings.some((heading) => anchorOf(heading) === anchor);
    })
    .map((link) => `${file}: ${link}`);

const anchorOf = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

test('every link between the pages leads somewhere', () => {
  expect(pages.length).toBeGreaterThan(8);
  expect(pages.flatMap(({ file, text }) => brokenLinks(file, text))).toEqual([]);
  expect(brokenLinks('README.md', 'see [there](docs/nowhere.md) and [here](#nowhere)')).toHaveLength(2);
});

test('every decision that the code or a page names is written down', () => {
  const decisions = files.filter((file) => file.startsWith('docs/decisions/'));
  const named = files
    .filter((file) => /\.(ts|svelte|mjs|md)$/.test(file))
    .flatMap((file) => [...read(file).matchAll(/docs\/decisions\/(\d{4})/g)].map(([, number]) => number!));
  expect(named.length).toBeGreaterThan(0);
  for (const number of named)
    expect(
      decisions.some((file) => file.includes(`/${number}-`)),
      number,
    ).toBe(true);
  expect(decisions.map((file) => Number(file.slice('docs/decisions/'.length).slice(0, 4)))).toEqual(
    decisions.map((_, index) => index + 1),
  );
});

test('the files and folders that the pages name in code are there', () => {
  const named = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/`((?:shared|server|display|counter|migrations|tests|docs)\/[\w./-]+)`/g)].map(([, path]) => ({
      file,
      path: path!,
    })),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
});
