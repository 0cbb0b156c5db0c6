import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Path } from '@antrean/shared/domain/draft.ts';

/** A fault with its place in the text; line and column count from 1. */
export interface PlacedFault {
  readonly line: number;
  readonly column: number;
  readonly path: Path;
  readonly code: string;
  readonly message: string;
}

/** Deeper than any blueprint goes, and far from where recursion over a hostile file would end the stack. */
const maxDepth = 40;

/** A YAML text, what it holds as plain data, and where each piece of it stands. */
export interface BlueprintSource {
  readonly draft: unknown;
  /** What is wrong with the YAML itself. */
  readonly faults: readonly PlacedFault[];
  /** Whether `draft` holds what the text says, so that checks of it make sense. */
  readonly isReadable: boolean;
  readonly place: (path: Path, target: 'key' | 'value') => { line: number; column: number };
}

/** Reads YAML 1.2 with positions. Never throws: what cannot be read is a fault. */
export const readBlueprintSource = (text: string): BlueprintSource => {
  const lines = new LineCounter();
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const unreadable = (faults: readonly PlacedFault[]): BlueprintSource => ({
    draft: undefined,
    faults,
    isReadable: false,
    place: () => ({ line: 1, column: 1 }),
  });
  const document = parse(text, lines);
  if (document === 'too-deep') return unreadable([tooDeep({ line: 1, column: 1 }, [])]);
  const syntax = [...document.errors, ...document.warnings].map((error): PlacedFault => {
    const [firstLine] = error.message.split('\n');
    const message = `not valid YAML 1.2: ${firstLine ?? error.code}`;
    return { ...at(error.pos[0]), path: [], code: 'SYNTAX', message };
  });
  const overflow = syntax.find(({ message }) => isStackOverflow(message));
  if (overflow) return unreadable([tooDeep(overflow, [])]);
  if (syntax.length > 0) return unreadable(syntax);
  const faults = structureFaults(document.contents, at);
  if (faults.some(({ code }) => code !== 'DUPLICATE_KEY')) return unreadable(faults);
  const place = placeIn(document);
  return {
    draft: document.toJS(),
    faults,
    isReadable: true,
    place: (path, target) => at(place(path, target)),
  };
};

const parse = (text: string, lineCounter: LineCounter): Document.Parsed | 'too-deep' => {
  try {
    // Our own look for doubled keys is linear, the one in the library is quadratic: seconds for a hostile file.
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
      logLevel: 'error', // 'silent' would pass over a second document
    });
  } catch (error) {
    if (error instanceof RangeError) return 'too-deep';
    throw error;
  }
};

/** The library goes down by recursion, and reports the end of the stack as if it were a fault of the text. */
const isStackOverflow = (message: string): boolean => /stack overflow|call stack size/i.test(message);

const tooDeep = ({ line, column }: { line: number; column: number }, path: Path): PlacedFault => ({
  line,
  column,
  path,
  code: 'TOO_DEEP',
  message: `lists and maps lie in one another more than ${maxDepth} deep: no blueprint does, check the indentation`,
});

type At = (offset: number) => { line: number; column: number };

/** Aliases, doubled keys and bottomless nesting. */
const structureFaults = (root: Node | null, at: At): PlacedFault[] => {
  const faults: PlacedFault[] = [];
  const visit = (node: unknown, path: Path): void => {
    const position = at(isNode(node) ? (node.range?.[0] ?? 0) : 0);
    if (isAlias(node)) {
      const message = `aliases are not read: write the value of *${node.source} out in full`;
      faults.push({ ...position, path, code: 'ALIAS', message });
    } else if (path.length > maxDepth) {
      faults.push(tooDeep(position, path));
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => visit(item, [...path, index]));
    } else if (isMap(node)) {
      const seen = new Set<string>();
      for (const pair of node.items) {
        const key = keyOf(pair);
        if (seen.has(key)) {
          const message = `"${key}" stands here twice: keep one of the two`;
          faults.push({ ...at(keyOffset(pair)), path: [...path, key], code: 'DUPLICATE_KEY', message });
        }
        seen.add(key);
        visit(pair.value, [...path, key]);
      }
    }
  };
  visit(root, []);
  return faults;
};

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : String(pair.key));

const keyOffset = (pair: Pair): number => (isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0);

/** Finds the offset of what a path names; of what is not there, that of the innermost thing around it which is. */
const placeIn = (document: Document): ((path: Path, target: 'key' | 'value') => number) => {
  const pairs = new WeakMap<YAMLMap, Map<string, Pair>>();
  const pairOf = (map: YAMLMap, key: string): Pair | undefined => {
    const known = pairs.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair), pair]));
    pairs.set(map, known);
    return known.get(key);
  };
  return (path, target) => {
    let node: unknown = document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const [index, step] of path.entries()) {
      if (isMap(node)) {
        const pair = pairOf(node, String(step));
        if (!pair) return offset;
        const isLast = index === path.length - 1;
        node = pair.value;
        const hasValue = isScalar(node) && node.value !== null;
        offset = hasValue && !(isLast && target === 'key') ? (node as Node).range![0] : keyOffset(pair);
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)];
        if (!isNode(item)) return offset;
        node = item;
        offset = item.range?.[0] ?? offset;
      } else {
        return offset;
      }
    }
    return offset;
  };
};
