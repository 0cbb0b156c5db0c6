/** A file of the tree with its text. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
}

/** A rule about files: a sentence that says what is wrong with one, or nothing. */
export interface FileRule {
  readonly name: string;
  /** Which files it looks at. */
  readonly at: RegExp;
  readonly fault: (written: WrittenFile) => string | null;
  /** A file it must catch. */
  readonly planted: WrittenFile;
}

const code = /\.(ts|svelte|lua|css|mjs|js)$/;
const anyText = /\.(ts|svelte|lua|css|mjs|js|json|ya?ml|md|sql|html)$/;

/** Words are put together here, so that the rules do not find themselves. */
const word = (...parts: string[]): string => parts.join('');

const matchOf =
  (pattern: RegExp) =>
  ({ text }: WrittenFile): string | null => {
    const found = pattern.exec(text);
    return found && `line ${text.slice(0, found.index).split('\n').length}: ${found[0].trim()}`;
  };

const maxLines = 400;

export const fileRules: readonly FileRule[] = [
  {
    name: `no file of code has more than ${maxLines} lines`,
    at: code,
    fault: ({ text }) => {
      const lines = text.trimEnd().split('\n').length;
      return lines > maxLines ? `${lines} lines` : null;
    },
    planted: { file: 'shared/domain/planted.ts', text: 'a();\n'.repeat(maxLines + 1) },
  },
  {
    name: 'no barrels: everybody imports from where a thing is',
    at: code,
    fault: matchOf(/^export \* (as \w+ )?from/m),
    planted: { file: 'shared/domain/planted.ts', text: "import './a.ts';\nexport * from './b.ts';\n" },
  },
  {
    name: 'files are named in kebab-case by what they do; components in PascalCase',
    at: code,
    fault: ({ file }) => {
      const name = file.split('/').at(-1) ?? '';
      if (name.endsWith('.svelte')) return /^[A-Z][A-Za-z0-9]*\.svelte$/.test(name) ? null : name;
      return /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/.test(name) ? null : name;
    },
    planted: { file: 'server/http/callNext.ts', text: '' },
  },
  {
    name: 'no file that could hold anything',
    at: code,
    fault: ({ file }) =>
      /(^|[/-])(utils?|helpers?|manager|common|misc|index)\.(ts|mjs|js|svelte\.ts)$/.exec(file)?.[0] ?? null,
    planted: { file: 'server/http/utils.ts', text: '' },
  },
  {
    name: 'no names that say nothing: Manager, Helper, Util, Dto, I…',
    at: /\.(ts|svelte|mjs)$/,
    fault: matchOf(
      /^\s*(export )?(abstract )?(class|interface|type|const|function) (\w*(Manager|Helper|Utils?|Dto)|I[A-Z][a-z]\w*)\b/m,
    ),
    planted: { file: 'server/hall/planted.ts', text: 'export class QueueManager {}\n' },
  },
  {
    name: 'no path of one machine',
    at: anyText,
    fault: matchOf(new RegExp(word('(?<![\\w.~/@-])/(home|Users|ro', 'ot|work|private/var)/[\\w.-]+'))),
    planted: { file: 'docs/planted.md', text: `see ${word('/ho', 'me/ani/antrean')}\n` },
  },
  {
    name: 'no test that runs alone or not at all',
    at: /\.(ts|svelte)$/,
    fault: matchOf(new RegExp(word('\\b(test|it|describe|suite)\\.(on', 'ly|sk', 'ip|to', 'do|fa', 'ils)\\b'))),
    planted: { file: 'tests/rules/planted.test.ts', text: `${word('test.on', 'ly')}('x', () => {});\n` },
  },
  {
    name: 'nothing left for later in a comment',
    at: /\.(ts|svelte|lua|css|mjs|js|sql|html)$/,
    fault: matchOf(new RegExp(word('\\b(TO', 'DO|FIX', 'ME|XX', 'X|HA', 'CK)\\b'))),
    planted: { file: 'server/hall/planted.ts', text: `// ${word('TO', 'DO')}: later\n` },
  },
  {
    name: 'no type check or lint rule switched off without a reason beside it',
    at: /\.(ts|svelte|mjs|js)$/,
    fault: matchOf(
      new RegExp(word('@ts-(ig', 'nore|no', 'check)|@ts-exp', 'ect-error *$|eslint-dis', 'able(?!.* -- \\S)'), 'm'),
    ),
    planted: { file: 'server/hall/planted.ts', text: `// ${word('eslint-dis', 'able')}-next-line no-console\n` },
  },
  {
    name: 'no registry named in the lockfile: it must install from any',
    at: /^pnpm-lock\.yaml$/,
    fault: matchOf(/https?:\/\/\S+|tarball:.*/),
    planted: { file: 'pnpm-lock.yaml', text: 'resolution: {tarball: https://registry.example/a.tgz}\n' },
  },
];
