import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { citedInCode, citedInTests, faultsOf, rulesIn, type Written } from './rule-book.ts';

const root = join(import.meta.dirname, '../..');

const filesUnder = (folder: string, ending: RegExp): Written[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') }));

const book = readFileSync(join(root, 'docs/rules.md'), 'utf8');
const code = ['shared', 'server', 'display', 'counter'].flatMap((folder) => filesUnder(folder, /\.(ts|svelte|lua)$/));
const tests = filesUnder('tests', /\.test\.ts$/);

test('the rule book, the code and the tests know the same rules', () => {
  expect(faultsOf(book, code, tests)).toEqual([]);
  const citations = tests.flatMap(({ text }) => citedInTests(text)).length;
  console.log(`rule book: ${rulesIn(book).length} rules, cited by ${citations} tests`);
  expect(new Set(code.flatMap(({ text }) => citedInCode(text))).size).toBeGreaterThan(20);
});

/** Written so that this file's own text cites none of the planted ids. */
const planted = (id: string): string => `test('[${id}] does something', () => {});`;
const small = '- **CALL-1** One rule.\n- **CALL-2** Another rule.\n';
const all = { file: 'tests/all.test.ts', text: [planted('CALL-1'), planted('CALL-2')].join('\n') };

test('a rule that no test cites is noticed', () => {
  expect(faultsOf(small, [], [all])).toEqual([]);
  expect(faultsOf(small, [], [{ file: 'tests/a.test.ts', text: planted('CALL-1') }])).toEqual(['no test cites CALL-2']);
  const faults = faultsOf(`${book}\n- **CALL-99** A rule nobody tests.\n`, code, tests);
  expect(faults).toEqual(['no test cites CALL-99']);
});

test('an id that nobody wrote into the book is noticed, in code and in tests', () => {
  const comment = {
    file: 'shared/a.ts',
    text: '/** Moves a ticket (CALL-7). */\nexport const a = 1;\n// As in LIFE-3.\n',
  };
  expect(faultsOf(small, [comment], [all])).toEqual([
    'shared/a.ts cites CALL-7, which is not in the book',
    'shared/a.ts cites LIFE-3, which is not in the book',
  ]);
  const stray = { file: 'tests/b.test.ts', text: planted('CALL-3') };
  expect(faultsOf(small, [], [all, stray])).toEqual(['tests/b.test.ts cites CALL-3, which is not in the book']);
});

test('a rule written twice is noticed', () => {
  expect(faultsOf(`${small}- **CALL-1** The same id again.\n`, [], [all])).toEqual(['CALL-1 is in the book twice']);
});

test('ids are found in every way that tests are named, and data is not taken for rules', () => {
  const id = ['CALL', '1'].join('-');
  const names = [
    `test('[${id}] a', () => {})`,
    `test.each([['a', 1], ['b(c)', 2]])('[${id}] %s', () => {})`,
    `test.each(['a', 'b'])('[${id}] %s', () => {})`,
    `describe("[${id}] a", () => {})`,
    `test.skipIf(isWindows)(\`[${id}] \${name}\`, () => {})`,
    `test(\n  '[${id}] a',\n  () => {})`,
  ];
  for (const name of names) expect(citedInTests(name), name).toEqual([id]);
  const second = ['LIFE', '1'].join('-');
  expect(citedInTests(`test('[${id}] [${second}] a', () => {})`)).toEqual([id, second]);
  expect(citedInTests(`expect(text).toBe('[${id}] a')`)).toEqual([]);
  const data = ["const id = 'CALL-1';", '// `line/DUK-01`, UTF-8 and SHA-256 (S17, V10)', "fetch('http://CALL-1');"];
  expect(citedInCode(data.join('\n'))).toEqual([]);
});
