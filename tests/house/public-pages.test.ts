import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { isKioskPrinterText, isPublicText } from '@antrean/shared/locales/is-public-text.ts';
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import ts from 'typescript';
import { expect, test } from 'vitest';
import { buildScreens } from '../screens/build-screens.ts';

// Plain JavaScript, which has no types: it runs before anything is installed.
const build: string = '@antrean/server/launch/build.mjs';
const { publicPages } = (await import(build)) as { publicPages: () => [page: string, bytes: number][] };

const top = fileURLToPath(new URL('../../', import.meta.url));
const filesIn = (folder: string): string[] =>
  readdirSync(`${top}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => !/\/(node_modules|dist)\//.test(path));

test('whatever public screens say is in the catalogues they are built with', () => {
  const known = new Set(Object.keys(en));
  const said = ['display', 'shared/screen', 'shared/client', 'shared/views'].flatMap((folder) =>
    filesIn(folder)
      // Views that only staff screens and the server's pages have.
      .filter(
        (path) => !path.includes('shared/views/') || /(date-text|wait-range|pages|lobby|say-shut)\.ts$/.test(path),
      )
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/'([a-zA-Z]+\.[A-Za-z_.]+)'/g)].map(([, key]) => key!))
      .filter((key) => known.has(key)),
  );
  expect(said.length).toBeGreaterThan(60);
  expect(said.filter((key) => !isPublicText(key) && !isKioskPrinterText(key))).toEqual([]);
});

test('a public page loads at most 60 KB, and nothing that the browser of an old TV cannot read', async () => {
  await buildScreens();
  const pages = publicPages();
  console.log(pages.map(([page, bytes]) => `${page} ${(bytes / 1024).toFixed(1)} KB`).join(', '));
  expect(pages.map(([page]) => page).sort()).toEqual(['join', 'kiosk', 'preview', 'tv', 'visit']);
  for (const [page, bytes] of pages) expect(bytes, page).toBeLessThanOrEqual(60 * 1024);
  const scripts = readdirSync(`${top}display/dist/assets`).filter((name) => name.endsWith('.js'));
  const found = scripts.flatMap((name) =>
    newerThanChromium76(readFileSync(`${top}display/dist/assets/${name}`, 'utf8')),
  );
  expect(found).toEqual([]);
});

/** What a page loads, at once and later, in bytes as gzip makes them. */
const wholeOf = (page: string): number => {
  const dist = `${top}display/dist`;
  const html = readFileSync(`${dist}/${page}/index.html`);
  const assets = new Set<string>();
  const look = (text: string): void => {
    for (const [, name] of text.matchAll(/["'`(/]([\w.-]+\.(?:js|css))["'`)]/g)) {
      if (assets.has(name!) || !existsSync(`${dist}/assets/${name}`)) continue;
      assets.add(name!);
      look(readFileSync(`${dist}/assets/${name}`, 'utf8'));
    }
  };
  look(html.toString());
  expect(
    [...assets].some((name) => name.startsWith('visit-link')),
    'what it loads later is found',
  ).toBe(true);
  return [...assets].reduce(
    (sum, name) => sum + gzipSync(readFileSync(`${dist}/assets/${name}`)).length,
    gzipSync(html).length,
  );
};

test("a visitor's phone loads at most 60 KB with all that comes later", async () => {
  await buildScreens();
  const bytes = wholeOf('visit');
  console.log(`visit, whole: ${(bytes / 1024).toFixed(1)} KB`);
  expect(bytes).toBeLessThanOrEqual(60 * 1024);
});

test('what Chromium 76 cannot read is found', () => {
  const newer = [
    'a?.b',
    'a ?? b',
    'a ||= b',
    'a ??= b',
    'class A { static {} }',
    'class A { #b() {} }',
    '1_000',
    '/a/v',
  ];
  for (const text of newer) expect(newerThanChromium76(text), text).not.toEqual([]);
  expect(newerThanChromium76('class A { #b = 1n } async (a) => ({ ...a }); import("./a.js"); import.meta.url')).toEqual(
    [],
  );
});

/** Syntax that came with Chromium 77 or later. */
const newerThanChromium76 = (text: string): string[] => {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const isNewer =
      ('questionDotToken' in node && node.questionDotToken !== undefined) ||
      (ts.isBinaryExpression(node) && newerOperators.has(node.operatorToken.kind)) ||
      ts.isClassStaticBlockDeclaration(node) ||
      ((ts.isMethodDeclaration(node) || ts.isAccessor(node)) && ts.isPrivateIdentifier(node.name)) ||
      (ts.isNumericLiteral(node) && node.getText(source).includes('_')) ||
      (ts.isRegularExpressionLiteral(node) && /\/[a-z]*[dv][a-z]*$/.test(node.text)) ||
      (ts.isAwaitExpression(node) && !isInFunction(node));
    if (isNewer) found.push(node.getText(source).slice(0, 80));
    ts.forEachChild(node, look);
  };
  const source = ts.createSourceFile('page.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  look(source);
  return found;
};

const newerOperators: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

const isInFunction = (node: ts.Node): boolean => ts.findAncestor(node, ts.isFunctionLike) !== undefined;
